package io.weft.it.simulation;

import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.GatewayName;
import io.weft.policy.model.ClusterName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which names a cluster's applied objects answer and call, read from the objects alone, the way Istio reads them. Knows
 * nothing of how they were compiled.
 */
final class NamesInForce {
    private static final String CLUSTER_LABEL = "weft.io/cluster";

    private NamesInForce() {}

    private record Subset(String name, Map<String, String> labels) {}

    /** Names that the gateway forwards: host and port by a service entry, subset by the gateway's rule, host let through. */
    static Set<GatewayName> answered(Map<ObjectKey, JsonNode> objects) {
        List<String> letThrough = new ArrayList<>();
        for (JsonNode gateway : ofKind(objects, "Gateway")) {
            for (JsonNode server : gateway.path("spec").path("servers")) {
                if (!"AUTO_PASSTHROUGH".equals(server.path("tls").path("mode").asString())) continue;
                server.path("hosts").forEach(host -> letThrough.add(host.asString()));
            }
        }
        Map<String, Set<String>> subsets = new HashMap<>();
        for (JsonNode rule : ofKind(objects, "DestinationRule")) {
            if (rule.path("spec").path("workloadSelector").isMissingNode()) continue;
            Set<String> names = subsets.computeIfAbsent(host(rule), host -> new TreeSet<>());
            subsets(rule).forEach(subset -> names.add(subset.name()));
        }
        Set<GatewayName> answered = new TreeSet<>();
        for (JsonNode entry : ofKind(objects, "ServiceEntry")) {
            if (isRemote(entry)) continue;
            for (String host : hosts(entry)) {
                if (letThrough.stream().noneMatch(pattern -> covers(pattern, host))) continue;
                for (JsonNode port : entry.path("spec").path("ports")) {
                    for (String subset : subsets.getOrDefault(host, Set.of())) {
                        answered.add(new GatewayName(host, port.path("number").asInt(), subset));
                    }
                }
            }
        }
        return answered;
    }

    /** Names that a proxy may call at other clusters: each remote endpoint through each subset that routes lead to. */
    static Map<ClusterName, Set<GatewayName>> called(Map<ObjectKey, JsonNode> objects) {
        Map<String, List<Subset>> subsets = new HashMap<>();
        for (JsonNode rule : ofKind(objects, "DestinationRule")) {
            if (!rule.path("spec").path("workloadSelector").isMissingNode()) continue;
            subsets.computeIfAbsent(host(rule), host -> new ArrayList<>()).addAll(subsets(rule));
        }
        Set<String> used = used(objects);
        Map<ClusterName, Set<GatewayName>> called = new TreeMap<>();
        for (JsonNode entry : ofKind(objects, "ServiceEntry")) {
            for (JsonNode endpoint : entry.path("spec").path("endpoints")) {
                Map<String, String> labels = labels(endpoint.path("labels"));
                String callee = labels.get(CLUSTER_LABEL);
                if (callee == null) continue;
                for (String host : hosts(entry)) {
                    for (Subset subset : subsets.getOrDefault(host, List.of())) {
                        if (!used.contains(host + "/" + subset.name())) continue;
                        if (!labels.entrySet().containsAll(subset.labels().entrySet())) continue;
                        for (JsonNode port : entry.path("spec").path("ports")) {
                            called.computeIfAbsent(new ClusterName(callee), c -> new TreeSet<>())
                                    .add(new GatewayName(
                                            host, port.path("number").asInt(), subset.name()));
                        }
                    }
                }
            }
        }
        return called;
    }

    /** Subsets that routes name and no rule of the same cluster has: such requests fail. */
    static Set<String> routedNowhere(Map<ObjectKey, JsonNode> objects) {
        Map<String, Set<String>> known = new HashMap<>();
        for (JsonNode rule : ofKind(objects, "DestinationRule")) {
            if (!rule.path("spec").path("workloadSelector").isMissingNode()) continue;
            Set<String> names = known.computeIfAbsent(host(rule), host -> new TreeSet<>());
            subsets(rule).forEach(subset -> names.add(subset.name()));
        }
        Set<String> nowhere = new TreeSet<>();
        for (JsonNode service : ofKind(objects, "VirtualService")) {
            for (JsonNode destination : service.findValues("destination")) {
                String host = destination.path("host").asString();
                String subset = destination.path("subset").asString("");
                if (!subset.isEmpty() && !known.getOrDefault(host, Set.of()).contains(subset)) {
                    nowhere.add(host + "/" + subset);
                }
            }
        }
        return nowhere;
    }

    /** Hosts with subsets that some request may be sent to. */
    private static Set<String> used(Map<ObjectKey, JsonNode> objects) {
        Set<String> used = new TreeSet<>();
        for (JsonNode service : ofKind(objects, "VirtualService")) {
            for (JsonNode route : service.findValues("route")) {
                for (JsonNode share : route) {
                    if (share.path("weight").asInt(100) == 0) continue;
                    JsonNode destination = share.path("destination");
                    used.add(destination.path("host").asString("") + "/"
                            + destination.path("subset").asString(""));
                }
            }
        }
        return used;
    }

    private static Collection<JsonNode> ofKind(Map<ObjectKey, JsonNode> objects, String kind) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().kind().equals(kind)
                        && object.getKey().apiVersion().startsWith("networking.istio.io/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isRemote(JsonNode entry) {
        for (JsonNode endpoint : entry.path("spec").path("endpoints")) {
            if (!endpoint.path("labels").path(CLUSTER_LABEL).isMissingNode()) return true;
        }
        return false;
    }

    private static String host(JsonNode rule) {
        return rule.path("spec").path("host").asString();
    }

    private static List<String> hosts(JsonNode entry) {
        List<String> hosts = new ArrayList<>();
        entry.path("spec").path("hosts").forEach(host -> hosts.add(host.asString()));
        return hosts;
    }

    private static List<Subset> subsets(JsonNode rule) {
        List<Subset> subsets = new ArrayList<>();
        rule.path("spec")
                .path("subsets")
                .forEach(subset ->
                        subsets.add(new Subset(subset.path("name").asString(), labels(subset.path("labels")))));
        return subsets;
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    private static boolean covers(String pattern, String host) {
        return pattern.equals(host) || pattern.startsWith("*.") && host.endsWith(pattern.substring(1));
    }
}
