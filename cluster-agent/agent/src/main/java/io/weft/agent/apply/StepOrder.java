package io.weft.agent.apply;

import io.weft.agent.apply.ApplyPlan.Remove;
import io.weft.agent.apply.ApplyPlan.Step;
import io.weft.agent.apply.ApplyPlan.Write;
import io.weft.policy.bundle.ObjectRank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order of the steps of a plan. What callers use of a host is changed in several moves, so that in between it is
 * answered as long as it was before and will be after, no route names a subset that is not there, and no route leads to a
 * remote endpoint by a subset that the other cluster does not answer:
 *
 * <ol>
 *   <li>the rule, with its old subsets beside the new ones;
 *   <li>a first entry of the cluster's own back ends, if the host has a route;
 *   <li>remote endpoints that come, if the old routes may lead to them; those that go, if the new routes may not;
 *   <li>the routes, then the entry of the cluster's own back ends;
 *   <li>all other changes of remote endpoints;
 *   <li>objects of the host that it has in another namespace now: the entry of remote ones, the route, the entry of its
 *       own back ends, the rule. The new route comes only before the old one goes, if it may not lead to those remote
 *       ones: until then the older route is in force anyway;
 *   <li>the rule without its old subsets.
 * </ol>
 */
final class StepOrder {
    private static final int BEFORE_ROUTES = ObjectRank.ROUTE - 1;
    private static final int MOVED = ObjectRank.REMOTE_ENTRY + 10;
    private static final int ROUTE_ARRIVES = MOVED + 1;
    private static final int OWN_LEAVES = MOVED + 3;
    private static final int TRIMMED = MOVED + 10;
    private static final int LAST = Integer.MAX_VALUE;

    private final Callers callers;
    private final List<Placed> placed = new ArrayList<>();

    private record Placed(int place, Step step) {}

    StepOrder(Callers callers) {
        this.callers = callers;
    }

    void put(int rank, Step step) {
        if (!(step instanceof Write write)) {
            place(rank, step);
        } else if (SendShape.isRule(write.document())) {
            rule(rank, write);
        } else if (write.over() == null) {
            place(newPlace(rank, write), step);
        } else if (SendShape.isRemoteEntry(write.document())
                || SendShape.isRemoteEntry(write.over().json())) {
            remoteEntry(rank, write, write.over());
        } else if (callers.moved(write.key())
                && SendShape.leavesCallers(write.document(), write.over().json())) {
            place(OWN_LEAVES, write);
        } else {
            place(comesToCallers(write, write.over()) ? BEFORE_ROUTES : rank, step);
        }
    }

    /** The entry of the cluster's own back ends, so far only of its gateway. */
    private boolean comesToCallers(Write write, ObservedObject over) {
        return write.key().kind().equals("ServiceEntry")
                && SendShape.leavesCallers(over.json(), write.document())
                && meetsStandingRoute(write);
    }

    private int newPlace(int rank, Write write) {
        String kind = write.key().kind();
        if (kind.equals(ObjectType.VIRTUAL_SERVICE.kind()))
            return callers.mayMeetLeaving(write.key()) ? rank : ROUTE_ARRIVES;
        return kind.equals("ServiceEntry") && meetsStandingRoute(write) ? BEFORE_ROUTES : rank;
    }

    /** Back ends of the cluster's own answer whatever they are asked for. */
    private boolean meetsStandingRoute(Write entry) {
        Callers.Switch route = callers.of(entry.key());
        if (!SendShape.isRemoteEntry(entry.document())) return route.there() && route.stays();
        return route.there()
                && endpoints(entry.document().path("spec").path("endpoints")).stream()
                        .allMatch(route::oldRoutesMayMeet);
    }

    /** Removals come last, in the order in which they are given, but for what callers have another way round already. */
    void removal(Step step) {
        place(step instanceof Remove remove ? removalPlace(remove.observed()) : LAST, step);
    }

    private int removalPlace(ObservedObject observed) {
        if (!SendShape.isOfCallers(observed.json())) return LAST;
        if (callers.moved(observed.key())) {
            return switch (observed.key().kind()) {
                // Its own back ends after its route, which may ask for what only they have.
                case "ServiceEntry" -> SendShape.isRemoteEntry(observed.json()) ? MOVED : OWN_LEAVES;
                case "VirtualService" -> MOVED + 2;
                default -> MOVED + 4;
            };
        }
        if (!SendShape.isRemoteEntry(observed.json())) return LAST;
        Callers.Switch route = callers.of(observed.key());
        if (!route.stays()) return LAST;
        boolean late = endpoints(observed.json().path("spec").path("endpoints")).stream()
                .allMatch(route::newRoutesMayMeet);
        return late ? ObjectRank.REMOTE_ENTRY : BEFORE_ROUTES;
    }

    List<Step> steps() {
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::place)) // stable
                .map(Placed::step)
                .toList();
    }

    private void place(int place, Step step) {
        placed.add(new Placed(place, step));
    }

    private void rule(int rank, Write write) {
        List<JsonNode> going = callers.goingSubsets(write);
        if (going.isEmpty()) {
            place(rank, write);
            return;
        }
        ObjectNode both = write.document().deepCopy();
        if (both.path("spec").path("subsets") instanceof ArrayNode subsets) going.forEach(subsets::add);
        else if (both.path("spec") instanceof ObjectNode spec)
            spec.putArray("subsets").addAll(going);
        place(rank, new Write(write.desired(), both, write.over()));
        place(TRIMMED, again(write));
    }

    private void remoteEntry(int rank, Write write, ObservedObject over) {
        JsonNode before = over.json().path("spec").path("endpoints");
        JsonNode after = write.document().path("spec").path("endpoints");
        Set<Integer> oldPorts = SendShape.ports(over.json());
        Set<Integer> newPorts = SendShape.ports(write.document());
        Callers.Switch route = callers.of(write.key());
        // On a port that is new, what goes was never answered.
        ArrayNode between = between(before, oldPorts.containsAll(newPorts), after, route);
        ArrayNode onOldPorts = between(before, true, after, route);
        boolean portsWait = newPorts.containsAll(oldPorts) && onOldPorts.size() > between.size();
        if (portsWait) between = onOldPorts;
        if (between.equals(after)) {
            place(BEFORE_ROUTES, write);
            return;
        }
        if (!between.equals(before)) {
            ObjectNode first = write.document().deepCopy();
            // Even without endpoints it stays: callers that look up the name find it.
            if (first.path("spec") instanceof ObjectNode spec) {
                spec.set("endpoints", between);
                if (portsWait) spec.set("ports", over.json().path("spec").path("ports"));
            }
            place(BEFORE_ROUTES, new Write(write.desired(), first, over));
        }
        place(rank, between.equals(before) ? write : again(write));
    }

    /** The endpoints while routes change. */
    private static ArrayNode between(JsonNode before, boolean samePorts, JsonNode after, Callers.Switch route) {
        Set<SendShape.Endpoint> old = endpoints(before);
        Set<SendShape.Endpoint> wanted = endpoints(after);
        Set<SendShape.Endpoint> there = new LinkedHashSet<>();
        for (SendShape.Endpoint endpoint : wanted) {
            boolean asksLess = endpoint.version().isEmpty() && hasCluster(old, endpoint.cluster());
            boolean unversioned = old.contains(new SendShape.Endpoint(endpoint.cluster(), ""));
            boolean answered = old.contains(endpoint) || route.oldRoutesMayMeet(endpoint, samePorts ? old : Set.of());
            if (answered || asksLess || unversioned) there.add(endpoint);
        }
        ArrayNode between = filter(after, endpoint -> there.contains(SendShape.Endpoint.of(endpoint)));
        if (!samePorts) return between;
        between.addAll(filter(before, endpoint -> {
            SendShape.Endpoint going = SendShape.Endpoint.of(endpoint);
            boolean mixed = bothWays(wanted, going.cluster());
            return !wanted.contains(going)
                    && route.newRoutesMayMeet(going, wanted)
                    && (mixed || !overlaps(there, going));
        }));
        return between;
    }

    private static ArrayNode filter(JsonNode list, Predicate<JsonNode> wanted) {
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        list.valueStream().filter(wanted).forEach(some::add);
        return some;
    }

    /** Unless the bundle has it both ways, the same gateway stands in an entry with versions or without. */
    private static boolean overlaps(Set<SendShape.Endpoint> there, SendShape.Endpoint going) {
        return going.version().isEmpty()
                ? hasCluster(there, going.cluster())
                : there.contains(new SendShape.Endpoint(going.cluster(), ""));
    }

    private static boolean bothWays(Set<SendShape.Endpoint> endpoints, String cluster) {
        return endpoints.stream()
                .anyMatch(endpoint -> endpoint.cluster().equals(cluster)
                        && !endpoint.version().isEmpty()
                        && endpoints.contains(new SendShape.Endpoint(cluster, "")));
    }

    private static boolean hasCluster(Set<SendShape.Endpoint> endpoints, String cluster) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.cluster().equals(cluster));
    }

    private static Set<SendShape.Endpoint> endpoints(JsonNode list) {
        Set<SendShape.Endpoint> endpoints = new LinkedHashSet<>();
        list.forEach(endpoint -> endpoints.add(SendShape.Endpoint.of(endpoint)));
        return endpoints;
    }

    /** Over whatever is there then. */
    private static Write again(Write write) {
        @Nullable ObservedObject whatever = null;
        return new Write(write.desired(), write.document(), whatever);
    }
}
