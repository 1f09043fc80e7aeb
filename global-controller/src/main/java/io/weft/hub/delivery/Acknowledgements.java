package io.weft.hub.delivery;

import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import io.weft.protocol.v1.ObjectRefusal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is logged about names before a bundle is sent and after it was applied; see decision 0001. Pure functions of an
 * image, so that they are decided again when the log moved.
 */
final class Acknowledgements {
    private Acknowledgements() {}

    /** What has to be logged before sending. */
    sealed interface Intents {
        /** This, and only then the bundle. Empty: nothing, send at once. */
        record Log(Optional<Acknowledged> entry) implements Intents {}

        /** The bundle was compiled on what is not so any more. */
        record Outdated() implements Intents {}
    }

    static Intents intents(TenantImage image, CompiledCluster bundle, long epoch) {
        ClusterName cluster = bundle.cluster();
        if (!declared(image, cluster)) {
            boolean names = !bundle.answers().isEmpty() || !bundle.calls().isEmpty();
            return names ? new Intents.Outdated() : new Intents.Log(Optional.empty());
        }
        AckState mine = image.acknowledged(cluster);
        SortedSet<Call> gained = without(bundle.calls(), mine.calls());
        SortedSet<GatewayName> dropping = without(mine.answers(), bundle.answers());
        dropping.removeAll(mine.dropping());
        for (Call call : gained) {
            boolean own = call.callee().equals(cluster);
            if (!own && !image.acknowledged(call.callee()).callable(call.name())) return new Intents.Outdated();
        }
        for (GatewayName name : dropping) {
            if (calledByOthers(image, cluster, name)) return new Intents.Outdated();
        }
        if (gained.isEmpty() && dropping.isEmpty()) return new Intents.Log(Optional.empty());
        return new Intents.Log(Optional.of(new Acknowledged(
                cluster,
                epoch,
                new TreeSet<>(),
                dropping,
                new TreeSet<>(),
                gained,
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>())));
    }

    /** What is told of a cluster that was deleted counts no more. */
    private static boolean declared(TenantImage image, ClusterName cluster) {
        return image.resource(ResourceKey.cluster(cluster.value())).isPresent();
    }

    private static boolean calledByOthers(TenantImage image, ClusterName cluster, GatewayName name) {
        Call call = new Call(cluster, name);
        return image.acknowledgements().entrySet().stream()
                .anyMatch(
                        e -> !e.getKey().equals(cluster) && e.getValue().calls().contains(call));
    }

    /**
     * What is logged once the bundle is in force but for the refused objects: a name of a refused object is neither
     * gained nor lost.
     */
    static Optional<Acknowledged> outcome(
            TenantImage image, CompiledCluster bundle, List<ObjectRefusal> refusals, long epoch) {
        if (!declared(image, bundle.cluster())) return Optional.empty();
        AckState mine = image.acknowledged(bundle.cluster());
        RefusedHosts receive = RefusedHosts.receiving(bundle.bundle(), refusals);
        RefusedHosts send = RefusedHosts.sending(bundle.bundle(), refusals);

        SortedSet<GatewayName> answersGained = new TreeSet<>(bundle.answers());
        answersGained.removeIf(name -> mine.callable(name) || receive.contains(name.host()));
        SortedSet<GatewayName> answersLost = without(mine.dropping(), bundle.answers());
        answersLost.removeIf(name -> receive.contains(name.host()));
        SortedSet<Call> callsLost = without(mine.calls(), bundle.calls());
        callsLost.removeIf(call -> send.contains(call.name().host()));

        SortedMap<String, String> reasons = new TreeMap<>();
        refusals.forEach(refusal -> reasons.put(refusal.getKey(), reason(refusal)));
        SortedSet<String> cleared = without(mine.refusals().keySet(), reasons.keySet());
        reasons.entrySet().removeAll(mine.refusals().entrySet());

        Acknowledged entry = new Acknowledged(
                bundle.cluster(),
                epoch,
                answersGained,
                new TreeSet<>(),
                answersLost,
                new TreeSet<>(),
                callsLost,
                reasons,
                cleared);
        boolean nothing = answersGained.isEmpty()
                && answersLost.isEmpty()
                && callsLost.isEmpty()
                && reasons.isEmpty()
                && cleared.isEmpty();
        return nothing ? Optional.empty() : Optional.of(entry);
    }

    /** Whether what others may call, or what the cluster calls, is not as before. */
    static boolean movesNames(Acknowledged entry) {
        return !entry.answersGained().isEmpty()
                || !entry.answersLost().isEmpty()
                || !entry.callsLost().isEmpty();
    }

    /** The rest of it, if any: nobody may count on these names yet. */
    static Optional<Acknowledged> withoutGains(Acknowledged entry) {
        Acknowledged rest = new Acknowledged(
                entry.cluster(),
                entry.epoch(),
                new TreeSet<>(),
                entry.answersDropping(),
                entry.answersLost(),
                entry.callsGained(),
                entry.callsLost(),
                entry.refusals(),
                entry.refusalsCleared());
        boolean nothing = !movesNames(rest)
                && rest.refusals().isEmpty()
                && rest.refusalsCleared().isEmpty();
        return nothing ? Optional.empty() : Optional.of(rest);
    }

    private static String reason(ObjectRefusal refusal) {
        String code = refusal.getCode().name().replace("REFUSAL_CODE_", "");
        return code + ": " + refusal.getReason();
    }

    private static <T> SortedSet<T> without(Collection<T> all, Collection<T> these) {
        SortedSet<T> rest = new TreeSet<>(all);
        rest.removeAll(these);
        return rest;
    }
}
