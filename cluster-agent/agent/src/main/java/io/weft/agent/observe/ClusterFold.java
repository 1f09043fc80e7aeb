package io.weft.agent.observe;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.weft.protocol.v1.GatewayEndpoint;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.NodeItem;
import io.weft.protocol.v1.ReportItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What belongs to no single namespace, as items of reports. Pure functions. */
public final class ClusterFold {
    /** Where users say how a gateway is reached from outside: addresses or {@code address:port}, separated by commas. */
    static final String GATEWAY_ADDRESS = "weft.io/gateway-address";

    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int GATEWAY_PORT = 15_443;

    private ClusterFold() {}

    public static SortedMap<String, ReportItem> namespaces(List<Namespace> namespaces) {
        SortedMap<String, ReportItem> items = new TreeMap<>();
        for (Namespace namespace : namespaces) {
            String name = namespace.getMetadata().getName();
            Map<String, String> labels = labels(namespace.getMetadata().getLabels());
            NamespaceItem item = NamespaceItem.newBuilder()
                    .setName(name)
                    .putAllLabels(labels)
                    .setInjection(injection(labels))
                    .build();
            NamespaceFold.put(items, name, builder -> builder.setNamespace(item));
        }
        return items;
    }

    private static String injection(Map<String, String> labels) {
        String said = labels.get("istio-injection");
        return said != null ? said : labels.getOrDefault("istio.io/rev", "");
    }

    public static SortedMap<String, ReportItem> nodes(List<Node> nodes) {
        SortedMap<String, ReportItem> items = new TreeMap<>();
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            Map<String, String> labels = labels(node.getMetadata().getLabels());
            NodeItem item = NodeItem.newBuilder()
                    .setName(name)
                    .putAllLabels(labels)
                    .setReady(ready(node))
                    .setRegion(labels.getOrDefault(REGION, ""))
                    .setZone(labels.getOrDefault(ZONE, ""))
                    .setKubeletVersion(kubelet(node))
                    .build();
            NamespaceFold.put(items, name, builder -> builder.setNode(item));
        }
        return items;
    }

    private static boolean ready(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
    }

    private static String kubelet(Node node) {
        if (node.getStatus() == null || node.getStatus().getNodeInfo() == null) return "";
        return Instance.text(node.getStatus().getNodeInfo().getKubeletVersion());
    }

    /** {@code region/zone} by name of node; nodes without a region have none. */
    public static Map<String, String> localities(List<Node> nodes) {
        Map<String, String> localities = new TreeMap<>();
        for (Node node : nodes) {
            Map<String, String> labels = labels(node.getMetadata().getLabels());
            String region = labels.getOrDefault(REGION, "");
            String zone = labels.getOrDefault(ZONE, "");
            if (region.isEmpty()) continue;
            localities.put(node.getMetadata().getName(), zone.isEmpty() ? region : region + "/" + zone);
        }
        return localities;
    }

    /** @param resolve addresses of a host name; none when it cannot be resolved now */
    public static SortedMap<String, ReportItem> gateways(
            List<Service> services, Function<String, List<String>> resolve) {
        SortedMap<String, ReportItem> items = new TreeMap<>();
        for (Service service : services) {
            var metadata = service.getMetadata();
            if (!isGateway(service)) continue;
            GatewayItem item = GatewayItem.newBuilder()
                    .setNamespace(metadata.getNamespace())
                    .setName(metadata.getName())
                    .putAllSelector(labels(service.getSpec().getSelector()))
                    .addAllAddresses(addresses(service, resolve))
                    .build();
            NamespaceFold.put(
                    items, metadata.getNamespace() + "/" + metadata.getName(), builder -> builder.setGateway(item));
        }
        return items;
    }

    static boolean isGateway(Service service) {
        String eastWest = "eastwestgateway";
        return eastWest.equals(labels(service.getMetadata().getLabels()).get("istio"))
                || eastWest.equals(labels(service.getSpec().getSelector()).get("istio"));
    }

    private static List<GatewayEndpoint> addresses(Service service, Function<String, List<String>> resolve) {
        int port = service.getSpec().getPorts().stream()
                .filter(each -> each.getPort() == GATEWAY_PORT || "tls".equals(each.getName()))
                .map(io.fabric8.kubernetes.api.model.ServicePort::getPort)
                .findFirst()
                .orElse(GATEWAY_PORT);
        String said = labels(service.getMetadata().getAnnotations()).get(GATEWAY_ADDRESS);
        List<String> texts = said != null ? List.of(said.split(",")) : ofLoadBalancer(service);
        if (texts.isEmpty() && service.getSpec().getExternalIPs() != null) {
            texts = service.getSpec().getExternalIPs();
        }
        List<GatewayEndpoint> endpoints = new ArrayList<>();
        for (String text : texts) endpoint(text.strip(), port, resolve).forEach(endpoints::add);
        return endpoints.stream()
                .sorted((a, b) -> (a.getAddress() + " " + a.getPort()).compareTo(b.getAddress() + " " + b.getPort()))
                .distinct()
                .toList();
    }

    private static Stream<GatewayEndpoint> endpoint(String text, int port, Function<String, List<String>> resolve) {
        int colon = text.lastIndexOf(':');
        boolean withPort = colon > 0
                && text.indexOf(':') == colon
                && text.substring(colon + 1).matches("\\d{1,5}");
        String host = withPort ? text.substring(0, colon) : text;
        int number = withPort ? Integer.parseInt(text.substring(colon + 1)) : port;
        List<String> addresses = isAddress(host) ? List.of(host) : resolve.apply(host);
        return addresses.stream()
                .map(address -> GatewayEndpoint.newBuilder()
                        .setAddress(address)
                        .setPort(number)
                        .build());
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static List<String> ofLoadBalancer(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) return List.of();
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(ingress -> ingress.getIp() != null ? ingress.getIp() : Instance.text(ingress.getHostname()))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    static Map<String, String> labels(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }
}
