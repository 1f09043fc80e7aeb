package io.weft.agent.live;

import io.weft.agent.apply.ObservedObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whose configuration an object is in, as far as namespaces, roles and labels tell. Where that is not certain it is
 * rather more: one too many is waited for, one too few would be missed.
 *
 * @param everywhere in all namespaces; else in {@code namespaces}
 * @param labels that a pod must have; none are asked for when empty
 */
record Scope(
        boolean everywhere, Set<String> namespaces, boolean sidecars, boolean routers, Map<String, String> labels) {
    Scope {
        namespaces = Set.copyOf(namespaces);
        labels = Map.copyOf(labels);
    }

    /** @param meshNamespace objects there that cannot be exported concern the whole mesh */
    static Scope of(ObservedObject object, String meshNamespace) {
        JsonNode spec = object.json().path("spec");
        String own = object.key().namespace();
        return switch (object.key().kind()) {
            case "VirtualService" -> {
                boolean mesh = !spec.has("gateways") || contains(spec.path("gateways"), "mesh");
                yield exported(spec, own, mesh, spec.has("gateways"), Map.of());
            }
            case "DestinationRule" ->
                exported(
                        spec,
                        own,
                        true,
                        true,
                        labels(spec.path("workloadSelector").path("matchLabels")));
            case "ServiceEntry" -> exported(spec, own, true, true, Map.of());
            case "Gateway" -> new Scope(true, Set.of(), false, true, labels(spec.path("selector")));
            default ->
                new Scope(
                        own.equals(meshNamespace) || own.isEmpty(),
                        Set.of(own),
                        true,
                        true,
                        labels(spec.path("workloadSelector").path("labels")));
        };
    }

    private static Scope exported(
            JsonNode spec, String own, boolean sidecars, boolean routers, Map<String, String> labels) {
        Set<String> namespaces = new TreeSet<>();
        for (JsonNode name : spec.path("exportTo")) {
            String text = name.asString("");
            namespaces.add(text.equals(".") ? own : text);
        }
        boolean everywhere = namespaces.isEmpty() || namespaces.contains("*");
        return new Scope(everywhere, namespaces, sidecars, routers, labels);
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode each : list) if (each.asString("").equals(text)) return true;
        return false;
    }

    private static Map<String, String> labels(JsonNode selector) {
        Map<String, String> labels = new HashMap<>();
        selector.properties()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asString("")));
        return labels;
    }

    boolean concerns(String namespace, boolean router, Map<String, String> labelsOfPod) {
        return (router ? routers : sidecars)
                && (everywhere || namespaces.contains(namespace))
                && labelsOfPod.entrySet().containsAll(labels.entrySet());
    }

    /** Of a pod whose labels are not known. */
    boolean mayConcern(String namespace, boolean router) {
        return concerns(namespace, router, labels);
    }
}
