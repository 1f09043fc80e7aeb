package io.weft.hub.inventory;

import io.weft.policy.facts.Items;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayAddress;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.Protocol;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The reported items of one cluster that can become facts. Pods and nodes are not among them. */
final class ReportedItems {
    static final Set<ReportKind> OF_FACTS = EnumSet.of(
            ReportKind.REPORT_KIND_NAMESPACE,
            ReportKind.REPORT_KIND_SERVICE,
            ReportKind.REPORT_KIND_VERSION,
            ReportKind.REPORT_KIND_GATEWAY,
            ReportKind.REPORT_KIND_MESH);

    private final Map<ReportKind, SortedMap<String, ReportItem>> byKind = new EnumMap<>(ReportKind.class);

    SortedMap<String, ReportItem> of(ReportKind kind) {
        return byKind.computeIfAbsent(kind, k -> new TreeMap<>());
    }

    Items items() {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        for (ReportItem item : of(ReportKind.REPORT_KIND_NAMESPACE).values()) {
            namespaces.put(
                    item.getNamespace().getName(),
                    new NamespaceFact(new TreeMap<>(item.getNamespace().getLabelsMap())));
        }
        SortedMap<ServiceId, Items.ServiceItem> services = new TreeMap<>();
        for (ReportItem item : of(ReportKind.REPORT_KIND_SERVICE).values()) {
            ServiceItem service = item.getService();
            services.put(new ServiceId(service.getNamespace(), service.getName()), service(service));
        }
        List<Items.VersionItem> versions = new ArrayList<>();
        for (ReportItem item : of(ReportKind.REPORT_KIND_VERSION).values()) versions.add(version(item.getVersion()));
        return new Items(namespaces, services, versions, gateway(), mesh());
    }

    private static Items.ServiceItem service(ServiceItem service) {
        SortedSet<PortFact> ports = new TreeSet<>();
        for (ServicePort port : service.getPortsList()) {
            protocol(port.getProtocol())
                    .ifPresent(protocol ->
                            ports.add(new PortFact(port.getNumber(), port.getName(), protocol, port.getTargetPort())));
        }
        return new Items.ServiceItem(
                new TreeMap<>(service.getLabelsMap()),
                new TreeMap<>(service.getSelectorMap()),
                ports,
                service.getHeadless());
    }

    /** Meshes carry no UDP; a protocol that is not known is carried as bytes. */
    private static Optional<Protocol> protocol(PortProtocol protocol) {
        return switch (protocol) {
            case PORT_PROTOCOL_HTTP -> Optional.of(Protocol.HTTP);
            case PORT_PROTOCOL_HTTP2 -> Optional.of(Protocol.HTTP2);
            case PORT_PROTOCOL_GRPC -> Optional.of(Protocol.GRPC);
            case PORT_PROTOCOL_TLS -> Optional.of(Protocol.TLS);
            case PORT_PROTOCOL_UDP -> Optional.empty();
            case PORT_PROTOCOL_TCP, PORT_PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> Optional.of(Protocol.TCP);
        };
    }

    private static Items.VersionItem version(VersionItem version) {
        return new Items.VersionItem(
                new ServiceId(version.getNamespace(), version.getService()),
                version.getVersion(),
                new TreeSet<>(version.getServiceAccountsList()),
                version.getMeshed(),
                version.getReady(),
                version.getLocality());
    }

    /** Of several gateways the first by name that has an address; Weft speaks to one. */
    private @Nullable GatewayFact gateway() {
        GatewayItem best = null;
        for (ReportItem item : of(ReportKind.REPORT_KIND_GATEWAY).values()) {
            GatewayItem gateway = item.getGateway();
            if (best == null || best.getAddressesCount() == 0 && gateway.getAddressesCount() > 0) best = gateway;
        }
        if (best == null) return null;
        List<GatewayAddress> addresses = best.getAddressesList().stream()
                .map(address -> new GatewayAddress(address.getAddress(), address.getPort()))
                .toList();
        return new GatewayFact(best.getNamespace(), new TreeMap<>(best.getSelectorMap()), addresses);
    }

    private @Nullable Capabilities mesh() {
        SortedMap<String, ReportItem> found = of(ReportKind.REPORT_KIND_MESH);
        if (found.isEmpty()) return null;
        MeshItem mesh = found.firstEntry().getValue().getMesh();
        return new Capabilities(
                mesh.getMesh(),
                mesh.getVersion(),
                mesh.getNetwork(),
                mesh.getTrustDomain(),
                mesh.getRootNamespace(),
                mesh.getDnsCapture());
    }

    /** Whether another cluster, or this one, may still call the service by a global name. */
    static boolean called(Iterable<AckState> all, ClusterName cluster, ServiceId service) {
        String host = service.name() + ".";
        for (AckState state : all) {
            for (Call call : state.calls()) {
                if (call.callee().equals(cluster) && call.name().host().startsWith(host)) return true;
            }
        }
        return false;
    }
}
