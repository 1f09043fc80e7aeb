package io.weft.it.simulation;

import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Who calls what, and who answers it, by the objects in force in every cluster at this instant. */
final class CallsAndAnswers {
    private record InForce(
            long version, Set<GatewayName> answered, Map<ClusterName, Set<GatewayName>> called, Set<String> nowhere) {}

    private final Map<ClusterName, InForce> clusters = new TreeMap<>();

    void set(ClusterName cluster, WatchedObjects objects) {
        InForce known = clusters.get(cluster);
        if (known != null && known.version() == objects.version()) return;
        var all = objects.all();
        clusters.put(
                cluster,
                new InForce(
                        objects.version(),
                        NamesInForce.answered(all),
                        new HashMap<>(NamesInForce.called(all)),
                        NamesInForce.routedNowhere(all)));
    }

    /** @param image for what the log says of a broken call, which tells whose mistake it is */
    void check(Supplier<TenantImage> image) {
        clusters.forEach((caller, inForce) -> inForce.called().forEach((callee, names) -> {
            InForce other = clusters.get(callee);
            Set<GatewayName> unanswered = new TreeSet<>(names);
            if (other != null) unanswered.removeAll(other.answered());
            if (!unanswered.isEmpty()) {
                throw new BrokenInvariant(
                        Invariant.CALLED_IS_ANSWERED,
                        caller + " calls at " + callee + " what is not answered there: " + unanswered
                                + logged(image.get(), caller, callee, unanswered));
            }
        }));
        clusters.forEach((cluster, inForce) -> {
            if (!inForce.nowhere().isEmpty()) {
                throw new BrokenInvariant(
                        Invariant.CALLED_IS_ANSWERED,
                        cluster + " routes to subsets that it lacks: " + inForce.nowhere());
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

    Set<GatewayName> answered(ClusterName cluster) {
        InForce inForce = clusters.get(cluster);
        return inForce == null ? Set.of() : inForce.answered();
    }

    int calls(ClusterName cluster) {
        InForce inForce = clusters.get(cluster);
        return inForce == null
                ? 0
                : inForce.called().values().stream().mapToInt(Set::size).sum();
    }
}
