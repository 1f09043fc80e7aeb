package io.weft.it.simulation;

import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.GatewayEndpoint;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What stands in one cluster whatever Weft does: namespaces, services and their versions; and the objects that its agent
 * applied. {@code shop/cart} with version {@code v1} is always there, so its removal from anywhere is a mistake.
 */
final class SimulatedCluster {
    static final String NAMESPACE = "shop";
    static final String PERMANENT = "cart";
    private static final List<String> SERVICES = List.of("pay", "mail");
    private static final List<String> VERSIONS = List.of("v1", "v2");

    private final ClusterName name;
    private final int number;

    /** Ready instances by version by service. */
    private final SortedMap<String, SortedMap<String, Integer>> services = new TreeMap<>();

    private final SortedMap<ObjectKey, JsonNode> objects = new TreeMap<>();
    /** Services with a second port. */
    private final SortedSet<String> wide = new TreeSet<>();

    private int gatewayMoves;
    private boolean listable = true;

    SimulatedCluster(ClusterName name, int number) {
        this.name = name;
        this.number = number;
        services.put(PERMANENT, new TreeMap<>(Map.of("v1", 2)));
    }

    ClusterName name() {
        return name;
    }

    String uid() {
        return "uid-of-" + name;
    }

    /** Whether its agent can read from the mesh what is in force. */
    boolean readsLive() {
        return number < 3;
    }

    /** What the API server holds of the agent's objects; the agent's writes change it. */
    SortedMap<ObjectKey, JsonNode> objects() {
        return objects;
    }

    SortedMap<String, SortedMap<String, Integer>> services() {
        return services;
    }

    /** Whether services may be listed; without the right the view is partial. */
    boolean listable() {
        return listable;
    }

    void listable(boolean may) {
        listable = may;
    }

    /** Something happens in the cluster. The answer names the kinds that changed. */
    List<ReportKind> change(Random random) {
        switch (random.nextInt(11)) {
            case 0, 1 -> services.putIfAbsent(any(SERVICES, random), new TreeMap<>(Map.of("v1", 1)));
            case 2 -> services.remove(any(SERVICES, random));
            case 3 -> gatewayMoves++;
            case 4, 5 -> versions(random).put("v2", 1 + random.nextInt(3));
            case 6 -> versions(random).remove("v2");
            case 7 -> {
                String service = any(List.copyOf(services.keySet()), random);
                if (!wide.remove(service)) wide.add(service);
            }
            default -> scale(random);
        }
        return List.of(ReportKind.REPORT_KIND_SERVICE, ReportKind.REPORT_KIND_VERSION, ReportKind.REPORT_KIND_GATEWAY);
    }

    private void scale(Random random) {
        SortedMap<String, Integer> versions = versions(random);
        String version = any(VERSIONS, random);
        if (versions.containsKey(version)) versions.put(version, random.nextInt(6));
    }

    private SortedMap<String, Integer> versions(Random random) {
        return java.util.Objects.requireNonNull(services.get(any(List.copyOf(services.keySet()), random)));
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    /** Everything of one kind, by key. */
    SortedMap<String, ReportItem> items(ReportKind kind) {
        SortedMap<String, ReportItem> items = new TreeMap<>();
        switch (kind) {
            case REPORT_KIND_NAMESPACE -> {
                add(items, namespace(NAMESPACE));
                add(items, namespace("istio-system"));
            }
            case REPORT_KIND_SERVICE -> services.keySet().forEach(service -> add(items, service(service)));
            case REPORT_KIND_VERSION ->
                services.forEach((service, versions) ->
                        versions.forEach((version, ready) -> add(items, version(service, version, ready))));
            case REPORT_KIND_GATEWAY -> add(items, gateway());
            case REPORT_KIND_MESH -> add(items, mesh());
            case REPORT_KIND_INSTANCE, REPORT_KIND_NODE, REPORT_KIND_UNSPECIFIED, UNRECOGNIZED -> {}
        }
        return items;
    }

    private static void add(SortedMap<String, ReportItem> items, ReportItem.Builder item) {
        items.put(item.getKey(), ReportItems.sealed(item));
    }

    private static ReportItem.Builder namespace(String namespace) {
        return ReportItem.newBuilder()
                .setKey(namespace)
                .setNamespace(NamespaceItem.newBuilder()
                        .setName(namespace)
                        .putLabels("kubernetes.io/metadata.name", namespace)
                        .setInjection("enabled"));
    }

    private ReportItem.Builder service(String service) {
        ServiceItem.Builder item = ServiceItem.newBuilder()
                .setNamespace(NAMESPACE)
                .setName(service)
                .putLabels("app", service)
                .putSelector("app", service)
                .addPorts(port(80, "http", PortProtocol.PORT_PROTOCOL_HTTP));
        if (wide.contains(service)) item.addPorts(port(9000, "tcp-raw", PortProtocol.PORT_PROTOCOL_TCP));
        return ReportItem.newBuilder().setKey(NAMESPACE + "/" + service).setService(item);
    }

    private static ServicePort.Builder port(int number, String name, PortProtocol protocol) {
        return ServicePort.newBuilder()
                .setNumber(number)
                .setName(name)
                .setProtocol(protocol)
                .setTargetPort(number + 8000);
    }

    private static ReportItem.Builder version(String service, String version, int ready) {
        return ReportItem.newBuilder()
                .setKey(NAMESPACE + "/" + service + "/" + version)
                .setVersion(VersionItem.newBuilder()
                        .setNamespace(NAMESPACE)
                        .setService(service)
                        .setVersion(version)
                        .setWorkloadKind("Deployment")
                        .setWorkload(service + "-" + version)
                        .addServiceAccounts(service)
                        .setMeshed(true)
                        .setReady(ready)
                        .setDesired(ready)
                        .setLocality("region-1/zone-1"));
    }

    private ReportItem.Builder gateway() {
        return ReportItem.newBuilder()
                .setKey("istio-system/eastwest")
                .setGateway(GatewayItem.newBuilder()
                        .setNamespace("istio-system")
                        .setName("eastwest")
                        .putSelector("istio", "eastwest")
                        .addAddresses(GatewayEndpoint.newBuilder()
                                .setAddress("10." + number + ".0." + (1 + gatewayMoves % 4))
                                .setPort(15443)));
    }

    private ReportItem.Builder mesh() {
        return ReportItem.newBuilder()
                .setKey("istio")
                .setMesh(MeshItem.newBuilder()
                        .setMesh("istio")
                        .setVersion("1.31")
                        .setNetwork(name.value())
                        .setTrustDomain("cluster.local")
                        .setRootNamespace("istio-system")
                        .setDnsCapture(true)
                        .addRevisions("default")
                        .setKubernetesVersion("1.35"));
    }
}
