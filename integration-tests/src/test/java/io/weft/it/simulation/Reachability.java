package io.weft.it.simulation;

import io.weft.policy.bundle.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a mesh makes of a cluster's objects for its own callers: whether a host is known to them, and which share of their
 * requests finds an instance. Read from the objects alone, and from the pods that run there.
 */
final class Reachability {
    /** Of this many requests. */
    static final int ALL = 100;

    private static final String CALLERS = SimulatedCluster.NAMESPACE;

    private static final String CLUSTER = "weft.io/cluster";

    private final Map<String, List<Map<String, String>>> endpoints = new TreeMap<>();
    private final Map<String, Map<String, Map<String, String>>> subsets = new TreeMap<>();
    private final Map<String, JsonNode> routes = new TreeMap<>();

    /**
     * A host as callers see it.
     *
     * @param missing those of entry, rule and route that are not there for callers
     * @param failing how many of a hundred requests find nobody, of the worst route
     * @param instances what stands behind it
     * @param subsets labels by name
     */
    record Reach(
            List<String> missing,
            int failing,
            List<Map<String, String>> instances,
            Map<String, Map<String, String>> subsets,
            JsonNode route) {
        static final Reach NONE = new Reach(
                List.of("ServiceEntry", "DestinationRule", "VirtualService"),
                ALL,
                List.of(),
                Map.of(),
                MissingNode.getInstance());

        /** When all of them are exchanged, nobody knows that the old ones answer the new routes, nor the other way round. */
        boolean exchangedFor(Reach other) {
            return instances.stream().noneMatch(other.instances::contains);
        }

        /**
         * How many fail of this side's routes without the remote instances that the other side's routes would lead to by a
         * subset which this side does not know: whether these answer it, an agent cannot know, so they and these routes
         * cannot be there at once before the other side's routes are gone.
         */
        int failingUntilMet(Reach other) {
            List<Map<String, String>> met = instances.stream()
                    .filter(instance -> other.instances.contains(instance) || !other.mayAskUnanswered(instance, this))
                    .toList();
            return Reachability.failing(route, subsets, met);
        }

        private boolean mayAskUnanswered(Map<String, String> instance, Reach knowing) {
            String cluster = instance.getOrDefault(CLUSTER, "");
            return !cluster.isEmpty()
                    && subsets.entrySet().stream()
                            .filter(subset -> !knowing.subsets.containsKey(subset.getKey()) && asks(subset.getKey()))
                            .map(Map.Entry::getValue)
                            .filter(labels -> matches(instance, labels))
                            // A cluster answers by name, whichever version: what is asked of one is answered for all.
                            .anyMatch(labels -> instances.stream()
                                    .noneMatch(there -> cluster.equals(there.get(CLUSTER)) && matches(there, labels)));
        }

        private boolean asks(String subset) {
            return route.findValues("route").stream()
                    .flatMap(JsonNode::valueStream)
                    .anyMatch(share -> share.path("weight").asInt(ALL) > 0
                            && subset.equals(
                                    share.path("destination").path("subset").asString("")));
        }
    }

    private Reachability(Collection<JsonNode> objects, SimulatedCluster pods, Collection<JsonNode> older) {
        Set<String> entered = new TreeSet<>();
        for (JsonNode object : objects) {
            if (visible(object.path("spec")) && object.path("kind").asString("").equals("ServiceEntry"))
                object.path("spec").path("hosts").forEach(host -> entered.add(place(object, host)));
        }
        for (JsonNode object : objects) {
            JsonNode spec = object.path("spec");
            if (!visible(spec)) continue;
            switch (object.path("kind").asString("")) {
                case "ServiceEntry" -> entry(spec, pods);
                case "DestinationRule" -> {
                    // Istio takes the rule of the namespace that the host's entry is in.
                    if (entered.contains(place(object, spec.path("host")))) rule(spec);
                }
                case "VirtualService" -> routes.put(spec.path("hosts").path(0).asString(""), spec);
                default -> {} // of gateways, or tuning
            }
        }
        // Of two routes of a host Istio takes the older one.
        for (JsonNode object : older) {
            JsonNode spec = object.path("spec");
            String host = spec.path("hosts").path(0).asString("");
            if (object.path("kind").asString("").equals("VirtualService") && visible(spec)) routes.put(host, spec);
        }
    }

    private static String place(JsonNode object, JsonNode host) {
        return object.path("metadata").path("namespace").asString("") + "/" + host.asString("");
    }

    /** By host: all that some object for callers names. */
    static SortedMap<String, Reach> of(Map<ObjectKey, JsonNode> objects, SimulatedCluster pods) {
        return of(objects, pods, Set.of());
    }

    /** @param older keys of objects that were there first */
    static SortedMap<String, Reach> of(Map<ObjectKey, JsonNode> objects, SimulatedCluster pods, Set<ObjectKey> older) {
        List<JsonNode> first = objects.entrySet().stream()
                .filter(object -> older.contains(object.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Reachability seen = new Reachability(objects.values(), pods, first);
        SortedMap<String, Reach> reach = new TreeMap<>();
        for (var hosts : List.of(seen.endpoints.keySet(), seen.subsets.keySet(), seen.routes.keySet())) {
            hosts.forEach(host -> reach.put(host, seen.of(host)));
        }
        return reach;
    }

    /** What decides about a host, for people. */
    static String text(Map<ObjectKey, JsonNode> objects, SimulatedCluster pods, String host) {
        Reachability seen = new Reachability(objects.values(), pods, List.of());
        List<String> shares = new ArrayList<>();
        JsonNode route = seen.routes.get(host);
        if (route != null) {
            route.path("http")
                    .path(0)
                    .path("route")
                    .forEach(share ->
                            shares.add(share.path("destination").path("subset").asString("") + "="
                                    + share.path("weight").asInt(ALL)));
        }
        return "endpoints " + seen.endpoints.get(host) + ", subsets "
                + seen.subsets.getOrDefault(host, Map.of()).keySet() + ", route " + shares + ": failing "
                + seen.of(host).failing();
    }

    private static boolean visible(JsonNode spec) {
        JsonNode exportTo = spec.path("exportTo");
        if (exportTo.isMissingNode()) return true;
        for (JsonNode namespace : exportTo) {
            if (namespace.asString().equals("*") || namespace.asString().equals(CALLERS)) return true;
        }
        return false;
    }

    private void entry(JsonNode spec, SimulatedCluster pods) {
        List<Map<String, String>> all =
                endpoints.computeIfAbsent(spec.path("hosts").path(0).asString(""), host -> new ArrayList<>());
        spec.path("endpoints").forEach(endpoint -> all.add(labels(endpoint.path("labels"))));
        String app = spec.path("workloadSelector").path("labels").path("app").asString("");
        pods.services().getOrDefault(app, new TreeMap<>()).forEach((version, ready) -> {
            if (ready > 0) all.add(Map.of("app", app, "version", version));
        });
    }

    private void rule(JsonNode spec) {
        Map<String, Map<String, String>> named = new TreeMap<>();
        spec.path("subsets")
                .forEach(subset -> named.put(subset.path("name").asString(""), labels(subset.path("labels"))));
        subsets.computeIfAbsent(spec.path("host").asString(""), host -> new TreeMap<>())
                .putAll(named);
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return labels;
    }

    private Reach of(String host) {
        List<String> missing = new ArrayList<>();
        if (!endpoints.containsKey(host)) missing.add("ServiceEntry");
        if (!subsets.containsKey(host)) missing.add("DestinationRule");
        JsonNode route = routes.get(host);
        if (route == null) missing.add("VirtualService");
        List<Map<String, String>> instances = endpoints.getOrDefault(host, List.of());
        Map<String, Map<String, String>> named = subsets.getOrDefault(host, Map.of());
        return new Reach(
                missing,
                missing.isEmpty() && route != null ? failing(route, named, instances) : ALL,
                instances,
                named,
                route != null ? route : MissingNode.getInstance());
    }

    private static int failing(
            JsonNode route, Map<String, Map<String, String>> subsets, List<Map<String, String>> instances) {
        int worst = 0;
        for (String protocol : List.of("http", "tcp", "tls")) {
            for (JsonNode rule : route.path(protocol)) {
                int failing = 0;
                for (JsonNode share : rule.path("route")) {
                    Map<String, String> wanted =
                            subsets.get(share.path("destination").path("subset").asString(""));
                    boolean answered =
                            wanted != null && instances.stream().anyMatch(instance -> matches(instance, wanted));
                    if (!answered) failing += share.path("weight").asInt(ALL);
                }
                worst = Math.max(worst, failing);
            }
        }
        return worst;
    }

    private static boolean matches(Map<String, String> instance, Map<String, String> labels) {
        return instance.entrySet().containsAll(labels.entrySet());
    }
}
