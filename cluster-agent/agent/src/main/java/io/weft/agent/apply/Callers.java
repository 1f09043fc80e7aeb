package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.bundle.ObjectRank;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What callers of a host have before and after a plan: its rule and its route, found by the key of any other object of the
 * host. Names of a host's objects are the same in every namespace.
 */
final class Callers {
    /** In place of a version: who knows which ones. */
    private static final String ANY = "*";

    private final Observation observed;
    private final Set<ObjectKey> looked;
    private final Map<ObjectKey, DesiredObject> bundle;
    private @Nullable Map<String, Set<String>> routes;
    private @Nullable Map<String, List<ObservedObject>> oldRules;

    /**
     * @param looked the keys that the plan is about: what was not observed of these is not there
     * @param bundle all of it, also what the plan is not about: that stays as it is
     */
    Callers(Observation observed, Set<ObjectKey> looked, Map<ObjectKey, DesiredObject> bundle) {
        this.observed = observed;
        this.looked = looked;
        this.bundle = bundle;
    }

    /**
     * A change of a host's route.
     *
     * @param oldOnly versions that the old route asks for by subsets of which the new bundle knows nothing, so that new
     *     endpoints may not answer them; empty text: by a subset of all versions
     * @param newOnly the same of the new route, and of old endpoints
     * @param there the host had a route
     * @param stays it will have one
     */
    record Switch(Set<String> oldOnly, Set<String> newOnly, boolean there, boolean stays) {
        boolean oldRoutesMayMeet(SendShape.Endpoint added) {
            return oldRoutesMayMeet(added, Set.of());
        }

        /** @param met endpoints that the old routes lead to anyway */
        boolean oldRoutesMayMeet(SendShape.Endpoint added, Set<SendShape.Endpoint> met) {
            return mayMeet(oldOnly, added, met);
        }

        boolean newRoutesMayMeet(SendShape.Endpoint going) {
            return newRoutesMayMeet(going, Set.of());
        }

        /** @param met endpoints that the new routes lead to anyway */
        boolean newRoutesMayMeet(SendShape.Endpoint going, Set<SendShape.Endpoint> met) {
            return mayMeet(newOnly, going, met);
        }

        /** A cluster answers subsets by name: who calls one version of it by a subset of all versions may call another. */
        private static boolean mayMeet(
                Set<String> unanswered, SendShape.Endpoint endpoint, Set<SendShape.Endpoint> met) {
            if (unanswered.contains(ANY)) return false;
            boolean asked = met.stream().anyMatch(other -> other.cluster().equals(endpoint.cluster()));
            return (asked || !unanswered.contains("")) && !unanswered.contains(endpoint.version());
        }
    }

    Switch of(ObjectKey entry) {
        ObjectKey route = sibling(entry, ObjectType.VIRTUAL_SERVICE);
        ObjectKey rule = sibling(entry, ObjectType.DESTINATION_RULE);
        return new Switch(
                unanswered(before(route), before(rule), after(rule)),
                unanswered(after(route), after(rule), before(rule)),
                !before(route).isMissingNode(),
                bundle.containsKey(route));
    }

    /** Versions that the route asks for by subsets of its own rule which the other rule lacks. */
    private static Set<String> unanswered(JsonNode route, JsonNode own, JsonNode other) {
        Set<String> missing = SendShape.used(route);
        missing.removeAll(SendShape.subsetNames(other));
        Set<String> versions = new TreeSet<>();
        if (!missing.isEmpty() && SendShape.subsets(own).isEmpty()) versions.add(ANY);
        for (JsonNode subset : SendShape.subsets(own)) {
            if (missing.contains(subset.path("name").asString("")))
                versions.add(subset.path("labels").path("version").asString(""));
        }
        return versions;
    }

    /** Whether callers of the host find all that they need in another namespace after the plan. */
    boolean moved(ObjectKey object) {
        return routes().getOrDefault(base(object), Set.of()).stream()
                .anyMatch(namespace -> !namespace.equals(object.namespace()));
    }

    /**
     * Whether a route that is new in its namespace may lead to the remote endpoints that the host has in another one and
     * is about to lose there.
     */
    boolean mayMeetLeaving(ObjectKey route) {
        JsonNode wanted = after(route);
        JsonNode rule = after(sibling(route, ObjectType.DESTINATION_RULE));
        return leavingEntries(route).stream().allMatch(entry -> {
            Set<String> newOnly = unanswered(wanted, rule, before(sibling(entry.key(), ObjectType.DESTINATION_RULE)));
            Switch change = new Switch(Set.of(), newOnly, true, true);
            return entry.json()
                    .path("spec")
                    .path("endpoints")
                    .valueStream()
                    .map(SendShape.Endpoint::of)
                    .allMatch(change::newRoutesMayMeet);
        });
    }

    private List<ObservedObject> leavingEntries(ObjectKey route) {
        return observed.objects().values().stream()
                .filter(object -> !bundle.containsKey(object.key())
                        && !object.key().namespace().equals(route.namespace())
                        && base(object.key()).equals(route.name())
                        && SendShape.isRemoteEntry(object.json()))
                .toList();
    }

    /** Subsets of the rule that is there, here or in the namespace that the host leaves, which the new one lacks. */
    List<JsonNode> goingSubsets(ApplyPlan.Write rule) {
        Set<String> names = new TreeSet<>(SendShape.subsetNames(rule.document()));
        List<JsonNode> going = new ArrayList<>();
        ObservedObject over = rule.over();
        List<ObservedObject> old = new ArrayList<>();
        if (over != null) old.add(over);
        old.addAll(oldRules().getOrDefault(base(rule.key()), List.of()));
        for (ObservedObject there : old) {
            for (JsonNode subset : SendShape.subsets(there.json())) {
                if (names.add(subset.path("name").asString(""))) going.add(subset);
            }
        }
        return going;
    }

    private JsonNode before(ObjectKey key) {
        ObservedObject there = observed.objects().get(key);
        if (there != null) return there.json();
        return looked.contains(key) ? MissingNode.getInstance() : after(key);
    }

    private JsonNode after(ObjectKey key) {
        DesiredObject desired = bundle.get(key);
        try {
            return desired == null ? MissingNode.getInstance() : desired.document();
        } catch (ObjectFailure unreadable) {
            return MissingNode.getInstance();
        }
    }

    private static ObjectKey sibling(ObjectKey key, ObjectType type) {
        return new ObjectKey(type.apiVersion(), type.kind(), key.namespace(), base(key));
    }

    private static String base(ObjectKey key) {
        String name = key.name();
        return name.endsWith(ObjectRank.REMOTE_SUFFIX)
                ? name.substring(0, name.length() - ObjectRank.REMOTE_SUFFIX.length())
                : name;
    }

    private Map<String, Set<String>> routes() {
        if (routes == null) {
            routes = new HashMap<>();
            for (ObjectKey key : bundle.keySet()) {
                if (ObjectType.of(key).equals(ObjectType.VIRTUAL_SERVICE)) {
                    routes.computeIfAbsent(key.name(), name -> new TreeSet<>()).add(key.namespace());
                }
            }
        }
        return routes;
    }

    /** Rules of ours that will not be there any more. */
    private Map<String, List<ObservedObject>> oldRules() {
        if (oldRules == null) {
            oldRules = new HashMap<>();
            for (ObservedObject object : observed.objects().values()) {
                if (!bundle.containsKey(object.key()) && SendShape.isRule(object.json())) {
                    oldRules.computeIfAbsent(object.key().name(), name -> new ArrayList<>())
                            .add(object);
                }
            }
        }
        return oldRules;
    }
}
