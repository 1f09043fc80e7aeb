package io.weft.it.real;

/** Kubernetes objects, as YAML, of a cluster that has Istio's configuration and no running mesh. */
public final class MeshlessObjects {
    private MeshlessObjects() {}

    /** Where Istio would run: its namespace, its configuration, and a gateway for other clusters. */
    public static String mesh(String network, String trustDomain) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: istio-system, labels: {topology.istio.io/network: %s}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  mesh: |
                    trustDomain: %s
                    defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: eastwestgateway
                  namespace: istio-system
                  labels: {istio: eastwestgateway}
                  annotations: {weft.io/gateway-address: 172.30.0.10}
                spec: {selector: {istio: eastwestgateway}, ports: [{name: tls, port: 15443}]}
                """.formatted(network, trustDomain);
    }

    /**
     * A pod with a sidecar, in the namespace shop, which nothing runs.
     *
     * @param node empty: none yet
     */
    public static String pod(String name, String app, String version, String account, String node) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {app: %s, version: %s, security.istio.io/tlsMode: istio}
                spec:
                  nodeName: "%s"
                  serviceAccountName: %s
                  terminationGracePeriodSeconds: 0
                  automountServiceAccountToken: false
                  containers: [{name: app, image: none, ports: [{name: web, containerPort: 8080}]}]
                """.formatted(name, app, version, node, account);
    }
}
