package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What an object is to callers inside the mesh, read from the object alone. */
final class SendShape {
    private static final String CLUSTER_LABEL = "weft.io/cluster";

    private SendShape() {}

    /** Remote instances of one version of one cluster; the version is empty where it may not be asked for. */
    record Endpoint(String cluster, String version) {
        static Endpoint of(JsonNode endpoint) {
            JsonNode labels = endpoint.path("labels");
            return new Endpoint(
                    labels.path(CLUSTER_LABEL).asString(""),
                    labels.path("version").asString(""));
        }
    }

    /** A destination rule for callers, not for a gateway. */
    static boolean isRule(JsonNode json) {
        return json.path("kind").asString("").equals(ObjectType.DESTINATION_RULE.kind())
                && json.path("spec").path("workloadSelector").isMissingNode();
    }

    static JsonNode subsets(JsonNode rule) {
        return rule.path("spec").path("subsets");
    }

    static boolean isRemoteEntry(JsonNode json) {
        return json.path("kind").asString("").equals("ServiceEntry")
                && json.path("spec")
                        .path("endpoints")
                        .valueStream()
                        .anyMatch(endpoint -> !Endpoint.of(endpoint).cluster().isEmpty());
    }

    /** An entry, a route or a rule of callers; an entry of back ends is one too. */
    static boolean isOfCallers(JsonNode json) {
        String kind = json.path("kind").asString("");
        return kind.equals("ServiceEntry") || kind.equals(ObjectType.VIRTUAL_SERVICE.kind()) || isRule(json);
    }

    /** Subsets that requests are sent to by this route. */
    static Set<String> used(JsonNode route) {
        Set<String> used = new TreeSet<>();
        for (String kind : List.of("http", "tcp", "tls")) {
            for (JsonNode rule : route.path("spec").path(kind)) {
                for (JsonNode share : rule.path("route")) {
                    if (share.path("weight").asInt(100) > 0)
                        used.add(share.path("destination").path("subset").asString(""));
                }
            }
        }
        return used;
    }

    /** Whether a namespace that sees the object will not see it any more. */
    static boolean leavesCallers(JsonNode now, JsonNode before) {
        Set<String> seen = new TreeSet<>();
        now.path("spec").path("exportTo").forEach(namespace -> seen.add(namespace.asString("")));
        for (JsonNode namespace : before.path("spec").path("exportTo")) {
            if (!seen.contains(namespace.asString(""))) return true;
        }
        return false;
    }

    static Set<Integer> ports(JsonNode entry) {
        Set<Integer> ports = new TreeSet<>();
        entry.path("spec")
                .path("ports")
                .forEach(port -> ports.add(port.path("number").asInt(0)));
        return ports;
    }

    static Set<String> subsetNames(JsonNode rule) {
        Set<String> names = new TreeSet<>();
        subsets(rule).forEach(subset -> names.add(subset.path("name").asString("")));
        return names;
    }

    /** The host of an entry, whatever stands behind it. */
    static Optional<String> entered(JsonNode json) {
        return json.path("kind").asString("").equals("ServiceEntry")
                ? Optional.of(json.path("spec").path("hosts").path(0).asString(""))
                : Optional.empty();
    }

    /**
     * The host whose callers this object steers, if it does. Entries of back ends do not: they stand for themselves, and
     * the gateway needs them too.
     */
    static Optional<String> steers(ObjectKey key, JsonNode json) {
        JsonNode spec = json.path("spec");
        if (key.kind().equals(ObjectType.VIRTUAL_SERVICE.kind()) || isRemoteEntry(json)) {
            return Optional.of(spec.path("hosts").path(0).asString(""));
        }
        return isRule(json) ? Optional.of(spec.path("host").asString("")) : Optional.empty();
    }
}
