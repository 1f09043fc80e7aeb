package io.weft.fleet.shop;

import io.weft.fleet.cluster.Documents;
import io.weft.fleet.cluster.SimulatedCluster;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts into a cluster what a plan says, unless it is there: objects as users and installers write them. Pods are made by
 * who plays the cluster's controllers.
 */
public final class Content {
    private static final Map<String, String> TEAMS = Map.of(
            "web", "storefront", "shop", "shop", "payments", "payments", "accounts", "identity", "data", "platform");

    private Content() {}

    public static void fill(SimulatedCluster cluster, ClusterPlan plan) {
        if (cluster.get("v1", "ConfigMap", "istio-system", "istio").isPresent()) return;
        for (ClusterPlan.NodePlan node : plan.nodes()) put(cluster, node(plan, node));
        for (String namespace : plan.namespaces()) put(cluster, namespace(namespace));
        for (ServicePlan service : plan.services()) put(cluster, service(plan, service));
        put(cluster, mesh(plan)); // last: where it is, all is
    }

    private static void put(SimulatedCluster cluster, String yaml) {
        Documents.all(yaml).forEach(cluster::put);
    }

    private static String node(ClusterPlan plan, ClusterPlan.NodePlan node) {
        boolean aws = plan.provider().equals("AWS");
        return """
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  labels:
                    kubernetes.io/os: linux
                    kubernetes.io/arch: %s
                    node.kubernetes.io/instance-type: %s
                    topology.kubernetes.io/region: %s
                    topology.kubernetes.io/zone: %s
                    weft.io/simulated: "true"
                  annotations: {example.com/note: "<b>simulated</b> 🧪 & harmless"}
                spec: {podCIDR: 10.%d.0.0/16}
                status:
                  nodeInfo: {kubeletVersion: %s, osImage: simulated, containerRuntimeVersion: none, architecture: %s}
                  conditions: [{type: Ready, status: "True", reason: KubeletReady}]
                  capacity: {cpu: "4", memory: 16Gi, pods: "58"}
                """.formatted(
                        node.name(),
                        aws ? "arm64" : "amd64",
                        aws ? "m7g.xlarge" : "e2-standard-4",
                        plan.region(),
                        node.zone(),
                        plan.number(),
                        aws ? "v1.35.4-eks-simulated" : "v1.35.4-gke.simulated",
                        aws ? "arm64" : "amd64");
    }

    private static String namespace(String name) {
        String injection = name.equals("data") ? "disabled" : "enabled";
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels: {istio-injection: %s, team: %s}
                  annotations: {example.com/owner: "Team “%s” <%s@shop.example> 🛒"}
                """.formatted(name, injection, team(name), team(name), team(name));
    }

    private static String team(String namespace) {
        return TEAMS.getOrDefault(namespace, "shop");
    }

    private static String service(ClusterPlan plan, ServicePlan service) {
        String ports = service.ports().stream()
                .map(port ->
                        "{name: %s, port: %d, targetPort: %d}".formatted(port.name(), port.number(), port.target()))
                .collect(Collectors.joining(", "));
        String workloads = service.versions().entrySet().stream()
                .map(version -> "---\n" + workload(service, version.getKey(), version.getValue()))
                .collect(Collectors.joining());
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: %1$s, namespace: %2$s}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {app: %1$s, team: %3$s}
                  annotations: {example.com/description: "The %1$s of the shop <script>alert(1)</script> ✨"}
                spec:
                  type: ClusterIP
                  clusterIP: %4$s
                  selector: {app: %1$s}
                  ports: [%5$s]
                """.formatted(
                                service.name(),
                                service.namespace(),
                                team(service.namespace()),
                                service.stateful() ? "None" : clusterAddress(plan, service),
                                ports)
                + workloads;
    }

    private static String clusterAddress(ClusterPlan plan, ServicePlan service) {
        int index = plan.services().indexOf(service);
        return "172.20." + index / 250 + "." + (1 + index % 250);
    }

    private static String workload(ServicePlan service, String version, int instances) {
        boolean stateful = service.stateful();
        String labels = stateful
                ? "app: " + service.name()
                : "app: %1$s, version: \"%2$s\", security.istio.io/tlsMode: istio, service.istio.io/canonical-name: %1$s"
                        .formatted(service.name(), version);
        String selector =
                stateful ? "app: " + service.name() : "app: %s, version: \"%s\"".formatted(service.name(), version);
        String ports = service.ports().stream()
                .map(port -> "{name: %s, containerPort: %d}".formatted(port.name(), port.target()))
                .collect(Collectors.joining(", "));
        String proxy = stateful
                ? ""
                : "\n      - {name: istio-proxy, image: simulated/proxyv2, ports: [{name: http-envoy-prom, containerPort:"
                        + " 15090}]}";
        return """
                apiVersion: apps/v1
                kind: %s
                metadata:
                  name: "%s"
                  namespace: %s
                  labels: {app: %s}
                spec:
                  replicas: %d
                  selector: {matchLabels: {%s}}
                  template:
                    metadata: {labels: {%s}}
                    spec:
                      serviceAccountName: %s
                      containers:
                      - {name: app, image: "registry.example/shop/%s:%s", ports: [%s]}%s
                """.formatted(
                        stateful ? "StatefulSet" : "Deployment",
                        stateful ? service.name() : service.name() + "-" + version,
                        service.namespace(),
                        service.name(),
                        instances,
                        selector,
                        labels,
                        service.name(),
                        service.name(),
                        stateful ? "18" : version,
                        ports,
                        proxy.replace("\n", "\n      ").replace("            -", "      -"));
    }

    /** As an installer of Istio leaves it. Nothing of it runs: istiod's pod has no address. */
    private static String mesh(ClusterPlan plan) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: istio-system
                  labels: {topology.istio.io/network: %1$s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: istiod, namespace: istio-system}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: istiod, namespace: istio-system, labels: {app: istiod, istio.io/rev: default}}
                spec:
                  clusterIP: 172.20.255.10
                  selector: {app: istiod}
                  ports:
                  - {name: grpc-xds, port: 15010}
                  - {name: https-dns, port: 15012}
                  - {name: https-webhook, port: 443, targetPort: 15017}
                  - {name: http-monitoring, port: 15014}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istiod, namespace: istio-system, labels: {app: istiod, istio.io/rev: default}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: istiod}}
                  template:
                    metadata: {labels: {app: istiod, istio.io/rev: default, weft.io/simulated: "true"}}
                    spec:
                      serviceAccountName: istiod
                      containers:
                      - {name: discovery, image: "docker.io/istio/pilot:1.29.0", ports: [{containerPort: 15014}]}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: eastwestgateway, namespace: istio-system}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: eastwestgateway
                  namespace: istio-system
                  labels: {istio: eastwestgateway, topology.istio.io/network: %1$s}
                spec:
                  type: LoadBalancer
                  clusterIP: 172.20.255.11
                  selector: {istio: eastwestgateway}
                  ports: [{name: tls, port: 15443, targetPort: 15443}]
                status: {loadBalancer: {ingress: [{ip: %2$s}]}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: eastwestgateway, namespace: istio-system, labels: {istio: eastwestgateway}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {istio: eastwestgateway}}
                  template:
                    metadata:
                      labels: {istio: eastwestgateway, security.istio.io/tlsMode: istio}
                    spec:
                      serviceAccountName: eastwestgateway
                      containers:
                      - {name: istio-proxy, image: simulated/proxyv2, ports: [{name: tls, containerPort: 15443}]}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  mesh: |
                    trustDomain: cluster.local
                    rootNamespace: istio-system
                    defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}}
                """.formatted(plan.name(), gatewayAddress(plan));
    }

    /** Of the addresses that are for documents: nobody answers there. */
    private static String gatewayAddress(ClusterPlan plan) {
        return "198.51." + (100 + plan.number() / 250) + "." + plan.number() % 250;
    }
}
