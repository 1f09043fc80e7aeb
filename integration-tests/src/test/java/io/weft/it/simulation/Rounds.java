package io.weft.it.simulation;

import io.weft.agent.memory.StoredBundle;
import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.it.simulation.Reachability.Reach;
import io.weft.policy.bundle.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watches what an agent does to its cluster write by write. Between the first and the last of one round no host may be
 * worse off than both before it and in the bundle that the round is to bring about: it keeps its entry, rule and route, and
 * no request fails that fails neither before nor after, unless all instances behind it are exchanged, or its new routes
 * need instances of which nobody knows that they answer the old ones (or the other way round).
 */
final class Rounds {
    private final SimulatedCluster cluster;
    private final WatchedObjects objects;
    private SortedMap<ObjectKey, JsonNode> before = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();

    private record Step(String what, SortedMap<ObjectKey, JsonNode> objects, SortedMap<String, Reach> reach) {}

    Rounds(SimulatedCluster cluster, WatchedObjects objects) {
        this.cluster = cluster;
        this.objects = objects;
    }

    void wrote(String what) {
        SortedMap<ObjectKey, JsonNode> now = objects.all();
        steps.add(new Step(what, now, Reachability.of(now, cluster, before.keySet())));
    }

    /** The round is over, or the agent is: what is there now is what the next begins with. */
    void ended(StoredBundle bundle) {
        if (steps.isEmpty()) return;
        SortedMap<ObjectKey, JsonNode> wanted = new TreeMap<>();
        bundle.objects()
                .forEach((key, desired) -> wanted.put(
                        key, JsonMapper.shared().readTree(desired.object().canonical())));
        SortedMap<String, Reach> from = Reachability.of(before, cluster);
        SortedMap<String, Reach> to = Reachability.of(wanted, cluster);
        from.forEach((host, first) -> {
            Reach last = to.get(host);
            if (last != null) check(host, first, last);
        });
        steps.clear();
        before = objects.all();
    }

    private void check(String host, Reach first, Reach last) {
        int known = Math.max(first.failing(), last.failing());
        int allowed = Math.max(known, Math.max(last.failingUntilMet(first), first.failingUntilMet(last)));
        for (Step step : steps) {
            Reach now = step.reach().getOrDefault(host, Reach.NONE);
            List<String> lost = now.missing().stream()
                    .filter(kind ->
                            !first.missing().contains(kind) && !last.missing().contains(kind))
                    .toList();
            boolean fails = now.failing() > allowed && !first.exchangedFor(last);
            if (!lost.isEmpty() || fails) {
                throw new BrokenInvariant(
                        Invariant.SERVED_IN_BETWEEN,
                        cluster.name() + " " + host + ": after '" + step.what() + "' " + now + ", before the round "
                                + first + ", in the bundle " + last + story(host));
            }
        }
    }

    private String story(String host) {
        StringBuilder story = new StringBuilder("\n  before: ").append(Reachability.text(before, cluster, host));
        for (Step step : steps) {
            if (!step.what().contains(host)) continue;
            story.append("\n  ")
                    .append(step.what())
                    .append(" -> ")
                    .append(Reachability.text(step.objects(), cluster, host));
        }
        return story.toString();
    }
}
