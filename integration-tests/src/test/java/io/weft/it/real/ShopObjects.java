package io.weft.it.real;

/**
 * What an agent finds in a cluster without a running mesh: Istio's definitions and configuration, a gateway, and the
 * service cart in the namespace shop with one ready pod of version v1, {@code cart-1}, and one of v2, {@code cart-2}.
 */
public final class ShopObjects {
    private static final String SURROUNDINGS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: istio-system, labels: {topology.istio.io/network: east-net}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data:
              mesh: |
                trustDomain: mesh.example
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
            ---
            apiVersion: v1
            kind: Node
            metadata:
              name: n1
              labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-1}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: cart, namespace: shop}
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s
              namespace: shop
              labels: {app: cart, version: %2$s, security.istio.io/tlsMode: istio}
            spec:
              nodeName: n1
              serviceAccountName: cart
              terminationGracePeriodSeconds: 0
              automountServiceAccountToken: false
              containers: [{name: app, image: none, ports: [{name: web, containerPort: 8080}]}]
            """;

    private ShopObjects() {}

    public static void apply(ControlPlane plane) {
        plane.apply(MeshCluster.read(RealClusterBinaries.require().istioDefinitions()));
        plane.apply(SURROUNDINGS);
        addPod(plane, "cart-1", "v1", "10.1.0.1");
        addPod(plane, "cart-2", "v2", "10.1.0.2");
    }

    private static void addPod(ControlPlane plane, String name, String version, String address) {
        plane.apply(POD.formatted(name, version));
        plane.api().patchStatus("/api/v1/namespaces/shop/pods/" + name, """
                {"status":{"phase":"Running","podIP":"%s","conditions":[{"type":"Ready","status":"True"}]}}""".formatted(address));
    }

    /** What a kubelet would say of this pod. */
    static void ready(ControlPlane plane, String pod, boolean ready) {
        plane.api().patchStatus("/api/v1/namespaces/shop/pods/" + pod, """
                {"status":{"conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(ready ? "True" : "False"));
    }
}
