package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The administration interface of one pod's Envoy. */
public final class EnvoyAdmin {
    private final UnaryOperator<String> page;

    EnvoyAdmin(UnaryOperator<String> page) {
        this.page = page;
    }

    /**
     * A host of an Envoy cluster.
     *
     * @param priority 0 is asked first
     * @param health what Envoy says of it: {@code {eds_health_status=HEALTHY}}, failed checks and ejection beside it
     */
    public record Host(String address, int priority, int weight, String region, String health) {}

    /** A page by its path and query, without the first slash: {@code clusters}, {@code config_dump?resource=…}. */
    public String page(String path) {
        return page.apply(path);
    }

    /** {@code dynamic_route_configs}, {@code dynamic_active_clusters}, {@code dynamic_listeners}. */
    public String configDump(String resource) {
        return page("config_dump?resource=" + resource);
    }

    /** Counters and gauges whose name contains this expression. */
    public Map<String, Long> statistics(String filter) {
        Map<String, Long> values = new TreeMap<>();
        page("stats?filter=" + filter).lines().forEach(line -> {
            int colon = line.lastIndexOf(": ");
            if (colon > 0 && line.substring(colon + 2).matches("\\d+")) {
                values.put(line.substring(0, colon), Long.valueOf(line.substring(colon + 2)));
            }
        });
        return values;
    }

    /** Counters of configuration that Envoy refused, without those that are 0. */
    public Map<String, Long> rejectedUpdates() {
        Map<String, Long> moved = new TreeMap<>(statistics("update_rejected"));
        moved.values().removeIf(count -> count == 0);
        return moved;
    }

    /** The hosts of a cluster such as {@code outbound|80|v1|cart.shop.example}; empty if Envoy does not know it. */
    public List<Host> hosts(String cluster) {
        List<Host> hosts = new ArrayList<>();
        Map<?, ?> all = Serialization.unmarshal(page("clusters?format=json"), Map.class);
        for (Object each : list(all, "cluster_statuses")) {
            Map<?, ?> status = (Map<?, ?>) each;
            if (cluster.equals(status.get("name"))) {
                list(status, "host_statuses").forEach(host -> hosts.add(host((Map<?, ?>) host)));
            }
        }
        return hosts;
    }

    private static Host host(Map<?, ?> host) {
        Map<?, ?> socket = map(map(host, "address"), "socket_address");
        return new Host(
                socket.get("address") + ":" + socket.get("port_value"),
                number(host, "priority"),
                number(host, "weight"),
                String.valueOf(map(host, "locality").get("region")),
                map(host, "health_status").toString());
    }

    private static int number(Map<?, ?> object, String field) {
        return object.get(field) instanceof Number number ? number.intValue() : 0;
    }

    private static Map<?, ?> map(Map<?, ?> object, String field) {
        return object.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Map<?, ?> object, String field) {
        return object.get(field) instanceof List<?> list ? list : List.of();
    }
}
