package io.weft.it.real;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The objects of one global service, {@code cart.shop.example}, as a person would write them for {@link
 * LabSpec#eastAndWest}: <em>receive</em> adds names at a gateway and changes no answer, <em>send</em> makes callers use
 * them.
 */
final class HandWrittenCart {
    static final String HOST = "cart.shop.example";
    static final String URL = "http://" + HOST + "/";
    /** The identity of every back end. */
    static final String SERVER_IDENTITY = "spiffe://cluster.local/ns/shop/sa/cart";

    private static final List<String> CLUSTERS = List.of("east", "west");
    private static final String OUTLIERS =
            "{consecutive5xxErrors: 3, consecutiveGatewayErrors: 3, interval: 500ms, baseEjectionTime: 10s, maxEjectionPercent: 100}";

    private HandWrittenCart() {}

    /** Names at this cluster's gateway, in the order in which they are to be applied. */
    static List<String> receive(String cluster) {
        return List.of(localEntry("[istio-system]"), gatewayRule(cluster), passthrough());
    }

    /** What makes this cluster's callers use the name, in the order in which it is to be applied. */
    static List<String> send(MeshLab lab, String cluster, String routes) {
        return List.of(
                callersRule(cluster),
                route(routes),
                localEntry("[istio-system, web, shop]"),
                remoteEntry(lab, cluster));
    }

    private static String localEntry(String exportTo) {
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: cart, namespace: shop}
                spec:
                  hosts: [%s]
                  addresses: [240.10.0.1]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 80, name: http-80, protocol: HTTP, targetPort: 8080}]
                  workloadSelector: {labels: {app: cart}}
                  subjectAltNames: [%s]
                  exportTo: %s
                """.formatted(HOST, SERVER_IDENTITY, exportTo);
    }

    /** Every subset leads to this cluster's own pods: a gateway that forwarded to a gateway could make a circle. */
    private static String gatewayRule(String cluster) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: cart-gateway, namespace: istio-system}
                spec:
                  host: %1$s
                  exportTo: ["."]
                  workloadSelector: {matchLabels: {istio: eastwestgateway}}
                  subsets:
                  - {name: v1, labels: {version: v1, topology.istio.io/network: %2$s}}
                  - {name: v2, labels: {version: v2, topology.istio.io/network: %2$s}}
                  - {name: prefer-east, labels: {topology.istio.io/network: %2$s}}
                  - {name: prefer-west, labels: {topology.istio.io/network: %2$s}}
                """.formatted(HOST, cluster);
    }

    private static String passthrough() {
        return """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: passthrough, namespace: istio-system}
                spec:
                  selector: {istio: eastwestgateway}
                  servers:
                  - port: {number: 15443, name: tls, protocol: TLS}
                    tls: {mode: AUTO_PASSTHROUGH}
                    hosts: ["*.shop.example"]
                """;
    }

    private static String callersRule(String cluster) {
        String preferences = CLUSTERS.stream()
                .map(preferred -> preference(cluster, preferred))
                .collect(Collectors.joining());
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: cart, namespace: shop}
                spec:
                  host: %s
                  exportTo: [web, shop]
                  trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: %s}
                  subsets:
                  - {name: v1, labels: {version: v1}}
                  - {name: v2, labels: {version: v2}}
                %s""".formatted(HOST, OUTLIERS, preferences);
    }

    /** Own pods bear no such label and neither do callers, so they are equal in lacking it. */
    private static String preference(String cluster, String preferred) {
        String key = cluster.equals(preferred) ? "weft.io/cluster" : "weft.io/cluster=" + preferred;
        return """
                  - name: prefer-%s
                    labels: {}
                    trafficPolicy:
                      tls: {mode: ISTIO_MUTUAL}
                      outlierDetection: %s
                      loadBalancer:
                        simple: ROUND_ROBIN
                        localityLbSetting: {enabled: true, failoverPriority: ["%s"]}
                """.formatted(preferred, OUTLIERS, key);
    }

    /** @param routes the value of {@code http} in flow style */
    static String route(String routes) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: cart, namespace: shop}
                spec: {hosts: [%s], exportTo: [web, shop], http: %s}
                """.formatted(HOST, routes);
    }

    /** One route over subsets, {@code prefer-east:90 prefer-west:10}, with retries that are safe for reading. */
    static String split(String subsets) {
        String destinations = List.of(subsets.split(" ")).stream()
                .map(each -> each.split(":"))
                .map(each -> "{destination: {host: %s, subset: %s, port: {number: 80}}, weight: %s}"
                        .formatted(HOST, each[0], each[1]))
                .collect(Collectors.joining(", "));
        return "{route: [%s], retries: {attempts: 3, perTryTimeout: 2s, retryRemoteLocalities: true, retryOn: \"gateway-error,connect-failure,refused-stream,reset\"}}"
                .formatted(destinations);
    }

    private static String remoteEntry(MeshLab lab, String cluster) {
        String endpoints = CLUSTERS.stream()
                .filter(remote -> !remote.equals(cluster))
                .map(remote -> endpoint(lab, remote, "v1", 2) + endpoint(lab, remote, "v2", 1))
                .collect(Collectors.joining());
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: cart-remote, namespace: shop}
                spec:
                  hosts: [%s]
                  addresses: [240.10.0.1]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: 80, name: http-80, protocol: HTTP, targetPort: 8080}]
                  subjectAltNames: [%s]
                  exportTo: [web, shop]
                  endpoints:
                %s""".formatted(HOST, SERVER_IDENTITY, endpoints);
    }

    private static String endpoint(MeshLab lab, String remote, String version, int instances) {
        return """
                  - address: %1$s
                    ports: {http-80: 15443}
                    network: %2$s
                    locality: %2$s/%2$s-1
                    labels: {version: %3$s, weft.io/cluster: %2$s, security.istio.io/tlsMode: istio}
                    weight: %4$d
                """.formatted(lab.cluster(remote).gatewayAddress(), remote, version, instances);
    }
}
