package io.weft.bench;

import io.weft.agent.Inventory;
import io.weft.protocol.Digest;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.GatewayEndpoint;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is observed of one cluster of the fleet: the service {@code cart} in the namespace {@code shop}, in two versions;
 * a namespace {@code web}, in the first two clusters with the service {@code stock}; a mesh with a gateway. It never
 * changes.
 */
final class StandInCluster implements Inventory {
    private final int number;
    private final Map<ReportKind, List<ReportItem>> items = new EnumMap<>(ReportKind.class);

    StandInCluster(int number) {
        this.number = number;
        boolean first = number < 2;
        put(ReportKind.REPORT_KIND_NAMESPACE, namespace("shop"), namespace("web"), namespace("istio-system"));
        if (first) put(ReportKind.REPORT_KIND_SERVICE, service("shop", "cart"), service("web", "stock"));
        else put(ReportKind.REPORT_KIND_SERVICE, service("shop", "cart"));
        ReportItem v1 = version("shop", "cart", "v1");
        ReportItem v2 = version("shop", "cart", "v2");
        if (first)
            put(ReportKind.REPORT_KIND_VERSION, v1, v2, version("web", "stock", "v1"), version("web", "stock", "v2"));
        else put(ReportKind.REPORT_KIND_VERSION, v1, v2);
        put(ReportKind.REPORT_KIND_INSTANCE);
        put(ReportKind.REPORT_KIND_NODE);
        put(ReportKind.REPORT_KIND_GATEWAY, gateway());
        put(ReportKind.REPORT_KIND_MESH, mesh());
    }

    static String name(int number) {
        return "c-%05d".formatted(number);
    }

    private void put(ReportKind kind, ReportItem... all) {
        items.put(kind, List.of(all));
    }

    @Override
    public List<KindHash> hashes() {
        return items.entrySet().stream()
                .map(kind -> KindHash.newBuilder()
                        .setKind(kind.getKey())
                        .setHash(hash(kind.getValue()).bytes())
                        .build())
                .toList();
    }

    private static Digest hash(List<ReportItem> all) {
        SortedMap<String, Digest> each = new TreeMap<>();
        all.forEach(item -> each.put(item.getKey(), new Digest(item.getHash())));
        return ReportItems.ofKind(each);
    }

    @Override
    public Listing list(ReportKind kind) {
        return new Listing(items.getOrDefault(kind, List.of()), "");
    }

    private static ReportItem namespace(String name) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey(name)
                .setNamespace(NamespaceItem.newBuilder()
                        .setName(name)
                        .putLabels("kubernetes.io/metadata.name", name)
                        .setInjection("enabled")));
    }

    private static ReportItem service(String namespace, String name) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey(namespace + "/" + name)
                .setService(ServiceItem.newBuilder()
                        .setNamespace(namespace)
                        .setName(name)
                        .putLabels("app", name)
                        .putSelector("app", name)
                        .addPorts(ServicePort.newBuilder()
                                .setNumber(80)
                                .setName("http")
                                .setProtocol(PortProtocol.PORT_PROTOCOL_HTTP)
                                .setTargetPort(8080))));
    }

    private static ReportItem version(String namespace, String service, String version) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey(namespace + "/" + service + "/" + version)
                .setVersion(VersionItem.newBuilder()
                        .setNamespace(namespace)
                        .setService(service)
                        .setVersion(version)
                        .setWorkloadKind("Deployment")
                        .setWorkload(service + "-" + version)
                        .addServiceAccounts(service)
                        .setMeshed(true)
                        .setReady(2)
                        .setDesired(2)
                        .setLocality("region-1/zone-1")));
    }

    private ReportItem gateway() {
        String address = "10." + number / 65_536 + "." + number / 256 % 256 + "." + number % 256;
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey("istio-system/eastwest")
                .setGateway(GatewayItem.newBuilder()
                        .setNamespace("istio-system")
                        .setName("eastwest")
                        .putSelector("istio", "eastwest")
                        .addAddresses(
                                GatewayEndpoint.newBuilder().setAddress(address).setPort(15443))));
    }

    private ReportItem mesh() {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey("istio")
                .setMesh(MeshItem.newBuilder()
                        .setMesh("istio")
                        .setVersion("1.31")
                        .setNetwork(name(number))
                        .setTrustDomain("cluster.local")
                        .setRootNamespace("istio-system")
                        .setDnsCapture(true)
                        .addRevisions("default")
                        .setKubernetesVersion("1.35")));
    }
}
