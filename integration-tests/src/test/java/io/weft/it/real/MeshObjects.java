package io.weft.it.real;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Kubernetes objects that an installed mesh and its pods consist of, as YAML. */
final class MeshObjects {
    private MeshObjects() {}

    static String meshConfig(String extensionProviders) {
        return """
                trustDomain: cluster.local
                enableAutoMtls: true
                defaultProviders: {}
                extensionProviders: %s
                rootNamespace: istio-system
                accessLogFile: ""
                ingressService: ""
                ingressControllerMode: "OFF"
                outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                defaultConfig:
                  proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}
                """.formatted(extensionProviders);
    }

    /** What an installer of Istio leaves in a cluster, as far as others read it. */
    static String base(ClusterSpec cluster, String istiodAddress, String meshConfig) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: istio-system, labels: {topology.istio.io/network: %2$s}}
                ---
                apiVersion: v1
                kind: Node
                metadata:
                  name: node-%1$s
                  labels: {topology.kubernetes.io/region: %3$s, topology.kubernetes.io/zone: %1$s-1}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: istiod, namespace: istio-system}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: istiod, namespace: istio-system, labels: {app: istiod, istio.io/rev: default}}
                spec:
                  selector: {app: istiod}
                  ports:
                  - {name: grpc-xds, port: 15010}
                  - {name: https-dns, port: 15012}
                  - {name: https-webhook, port: 443, targetPort: 15017}
                  - {name: http-monitoring, port: 15014}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  meshNetworks: "networks: {}"
                  mesh: |
                %4$s
                ---
                %5$s
                """.formatted(
                        cluster.name(),
                        cluster.network(),
                        cluster.region(),
                        meshConfig.indent(4).stripTrailing(),
                        pod(
                                "istiod-" + cluster.name(),
                                "istio-system",
                                "istiod",
                                Map.of("app", "istiod", "istio.io/rev", "default"),
                                cluster.name(),
                                "{name: discovery, image: istio/pilot, ports: [{containerPort: 15014}]}",
                                "{}"));
    }

    /** Namespace, account and, where there is something to call, Service of a pod. */
    static String surroundings(PodSpec pod) {
        String account = """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %s, namespace: %s}
                """.formatted(pod.serviceAccount(), pod.namespace());
        String namespace = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {istio-injection: enabled}}
                """.formatted(pod.namespace());
        String service = switch (pod.kind()) {
            case CLIENT -> "";
            case SERVER -> """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
                        spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: 8080}]}
                        """.formatted(pod.app(), pod.namespace());
            case GATEWAY -> """
                        apiVersion: v1
                        kind: Service
                        metadata: {name: eastwestgateway, namespace: %s, labels: {istio: eastwestgateway}}
                        spec:
                          type: LoadBalancer
                          selector: {istio: eastwestgateway}
                          ports: [{name: tls, port: 15443, targetPort: 15443}]
                        """.formatted(pod.namespace());
        };
        // Applying the namespace of the installation again would take its labels away.
        return Stream.of(pod.namespace().equals("istio-system") ? "" : namespace, account, service)
                .filter(document -> !document.isEmpty())
                .collect(Collectors.joining("---\n"));
    }

    static String pod(PodSpec pod, String cluster) {
        Map<String, String> labels = new TreeMap<>(pod.labels());
        labels.put("security.istio.io/tlsMode", "istio");
        labels.put("service.istio.io/canonical-name", pod.app());
        String proxy =
                "{name: istio-proxy, image: istio/proxyv2, env: [{name: ISTIO_META_DNS_CAPTURE, value: \"true\"}], ports: [{name: http-envoy-prom, containerPort: 15090}]}";
        String application = "{name: app, image: application, ports: [{containerPort: 8080}]}";
        return switch (pod.kind()) {
            case CLIENT, SERVER ->
                pod(
                        pod.name(),
                        pod.namespace(),
                        pod.serviceAccount(),
                        labels,
                        cluster,
                        application + ", " + proxy,
                        "{sidecar.istio.io/status: injected}");
            case GATEWAY -> pod(pod.name(), pod.namespace(), pod.serviceAccount(), labels, cluster, proxy, "{}");
        };
    }

    private static String pod(
            String name,
            String namespace,
            String account,
            Map<String, String> labels,
            String cluster,
            String containers,
            String annotations) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: %s
                  labels: %s
                  annotations: %s
                spec:
                  nodeName: node-%s
                  serviceAccountName: %s
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 0
                  containers: [%s]
                """.formatted(name, namespace, flow(labels), annotations, cluster, account, containers);
    }

    private static String flow(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\": \"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The status that a kubelet would report, as JSON. */
    static String status(String address, boolean ready, Collection<String> containers) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String conditions = Stream.of("Initialized", "PodScheduled", "ContainersReady", "Ready")
                .map(type -> "{\"type\":\"%s\",\"status\":\"%s\",\"lastTransitionTime\":\"%s\"}"
                        .formatted(type, ready || !type.endsWith("Ready") ? "True" : "False", now))
                .collect(Collectors.joining(","));
        String states = containers.stream()
                .map(name ->
                        "{\"name\":\"%s\",\"ready\":%b,\"started\":true,\"restartCount\":0,\"image\":\"\",\"imageID\":\"\",\"state\":{\"running\":{\"startedAt\":\"%s\"}}}"
                                .formatted(name, ready, now))
                .collect(Collectors.joining(","));
        return """
                {"status":{"phase":"Running","podIP":"%1$s","podIPs":[{"ip":"%1$s"}],"hostIP":"192.0.2.1","startTime":"%2$s","conditions":[%3$s],"containerStatuses":[%4$s]}}""".formatted(address, now, conditions, states);
    }
}
