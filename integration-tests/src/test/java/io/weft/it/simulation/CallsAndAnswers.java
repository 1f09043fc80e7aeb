package io.weft.it.simulation;

import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Who calls what, and who answers it, by the objects in every cluster. A mesh is slow: what was written comes into force at
 * some time within {@link #MESH}, at every proxy at another one. So of all that stood in a cluster within that time a call
 * counts if anything made it, and an answer if everything gave it.
 */
final class CallsAndAnswers {
    /** Less than the hub waits before it counts on names. */
    private static final Duration MESH = Duration.ofMillis(1_500);

    private record InForce(
            long version, Set<GatewayName> answered, Map<ClusterName, Set<GatewayName>> called, Set<String> nowhere) {}

    /** What stood there until then. */
    private record Past(Instant until, InForce objects) {}

    private static final class Known {
        InForce now = new InForce(-1, Set.of(), Map.of(), Set.of());
        final Deque<Past> past = new ArrayDeque<>();

        Set<GatewayName> answered() {
            Set<GatewayName> answered = new TreeSet<>(now.answered());
            past.forEach(before -> answered.retainAll(before.objects().answered()));
            return answered;
        }

        Map<ClusterName, Set<GatewayName>> called() {
            Map<ClusterName, Set<GatewayName>> called = new TreeMap<>();
            now.called().forEach((callee, names) -> called.put(callee, new TreeSet<>(names)));
            for (Past before : past) {
                before.objects()
                        .called()
                        .forEach((callee, names) -> called.computeIfAbsent(callee, c -> new TreeSet<>())
                                .addAll(names));
            }
            return called;
        }
    }

    private final Map<ClusterName, Known> clusters = new TreeMap<>();

    void set(ClusterName cluster, WatchedObjects objects, Instant at) {
        Known known = clusters.computeIfAbsent(cluster, c -> new Known());
        known.past.removeIf(before -> !before.until().isAfter(at.minus(MESH)));
        if (known.now.version() == objects.version()) return;
        known.past.add(new Past(at, known.now));
        var all = objects.all();
        known.now = new InForce(
                objects.version(),
                NamesInForce.answered(all),
                NamesInForce.called(all),
                NamesInForce.routedNowhere(all));
    }

    /** The mesh of this cluster has everything in force. */
    void settled(ClusterName cluster) {
        Known known = clusters.get(cluster);
        if (known != null) known.past.clear();
    }

    /** @param image for what the log says of a broken call, which tells whose mistake it is */
    void check(Supplier<TenantImage> image) {
        clusters.forEach((caller, known) -> known.called().forEach((callee, names) -> {
            Known other = clusters.get(callee);
            Set<GatewayName> unanswered = new TreeSet<>(names);
            if (other != null) unanswered.removeAll(other.answered());
            if (!unanswered.isEmpty()) {
                throw new BrokenInvariant(
                        Invariant.CALLED_IS_ANSWERED,
                        caller + " calls at " + callee + " what is not answered there: " + unanswered
                                + logged(image.get(), caller, callee, unanswered));
            }
        }));
        clusters.forEach((cluster, known) -> {
            if (!known.now.nowhere().isEmpty()) {
                throw new BrokenInvariant(
                        Invariant.CALLED_IS_ANSWERED,
                        cluster + " routes to subsets that it lacks: " + known.now.nowhere());
            }
        });
    }

    private static String logged(TenantImage image, ClusterName caller, ClusterName callee, Set<GatewayName> names) {
        GatewayName name = names.iterator().next();
        AckState there = image.acknowledged(callee);
        return "; the log says of the first: called "
                + image.acknowledged(caller).calls().contains(new Call(callee, name)) + ", answered "
                + there.answers().contains(name) + ", dropping "
                + there.dropping().contains(name);
    }
}
