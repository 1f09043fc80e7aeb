package io.weft.it.real;

/**
 * What an agent finds in a cluster without a running mesh: Istio's definitions and configuration, a gateway, and the
 * service cart in the namespace shop with one ready pod of version v1, {@code cart-1}, and one of v2, {@code cart-2}.
 */
public final class ShopObjects {
    private static final String SURROUNDINGS = """
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

    private ShopObjects() {}

    public static void apply(ControlPlane plane) {
        plane.apply(MeshCluster.read(RealClusterBinaries.require().istioDefinitions()));
        plane.apply(MeshlessObjects.mesh("east-net", "mesh.example"));
        plane.apply(SURROUNDINGS);
        addPod(plane, "cart-1", "v1", "10.1.0.1");
        addPod(plane, "cart-2", "v2", "10.1.0.2");
    }

    private static void addPod(ControlPlane plane, String name, String version, String address) {
        plane.apply(MeshlessObjects.pod(name, "cart", version, "cart", "n1"));
        plane.api().patchStatus("/api/v1/namespaces/shop/pods/" + name, """
                {"status":{"phase":"Running","podIP":"%s","conditions":[{"type":"Ready","status":"True"}]}}""".formatted(address));
    }

    /** What a kubelet would say of this pod. */
    static void ready(ControlPlane plane, String pod, boolean ready) {
        plane.api().patchStatus("/api/v1/namespaces/shop/pods/" + pod, """
                {"status":{"conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(ready ? "True" : "False"));
    }
}
