package io.weft.policy;

import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.IncrementalCompiler;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Agents that get what the compiler says, in the order that the hub keeps: intents are logged before a bundle is sent,
 * what came true after it was applied.
 */
public final class Delivery {
    private final History history;
    private final IncrementalCompiler compiler;
    private final Map<ClusterName, CompiledCluster> applied = new TreeMap<>();
    private final Map<ClusterName, CompiledCluster> sent = new TreeMap<>();
    private long replayed;

    public Delivery(History history) {
        this.history = history;
        compiler = new IncrementalCompiler(history.empty());
        caughtUp = history.empty();
    }

    private TenantImage caughtUp;

    /** The compiler, at the end of the log. */
    public IncrementalCompiler compiler() {
        List<LogRecord> records = history.records();
        while (replayed < records.size()) {
            LogRecord record = records.get((int) replayed++);
            caughtUp = caughtUp.apply(record);
            compiler.advance(record, caughtUp);
        }
        return compiler;
    }

    /** Sends a cluster its bundle, in place of one that may be on its way. Nothing when it has it already. */
    public void send(ClusterName cluster) {
        CompiledCluster compiled = compiler().compile(cluster);
        CompiledCluster newest = sent.getOrDefault(cluster, applied.get(cluster));
        AckState state = history.image().acknowledged(cluster);
        SortedSet<Call> gained = without(compiled.calls(), state.calls());
        SortedSet<GatewayName> dropping = without(without(state.answers(), state.dropping()), compiled.answers());
        if (!gained.isEmpty() || !dropping.isEmpty()) {
            history.append(entry(cluster, set(), dropping, set(), gained, set()));
        }
        if (newest == null
                || !newest.bundle().equals(compiled.bundle())
                || !newest.answers().equals(compiled.answers())
                || !newest.calls().equals(compiled.calls())
                || !gained.isEmpty()
                || !dropping.isEmpty()) {
            sent.put(cluster, compiled);
        }
    }

    /** The cluster applies what is on its way to it. */
    public void apply(ClusterName cluster) {
        CompiledCluster compiled = sent.remove(cluster);
        if (compiled == null) return;
        applied.put(cluster, compiled);
        AckState state = history.image().acknowledged(cluster);
        SortedSet<GatewayName> gained = without(compiled.answers(), without(state.answers(), state.dropping()));
        SortedSet<GatewayName> lost = without(state.dropping(), compiled.answers());
        SortedSet<Call> ended = without(state.calls(), compiled.calls());
        if (!gained.isEmpty() || !lost.isEmpty() || !ended.isEmpty()) {
            history.append(entry(cluster, gained, set(), lost, set(), ended));
        }
    }

    /** Until nothing changes any more, with these clusters only. */
    public void settle(Collection<ClusterName> clusters) {
        for (int round = 0; round < 30; round++) {
            int before = history.records().size();
            for (ClusterName cluster : clusters) {
                send(cluster);
                apply(cluster);
            }
            if (history.records().size() == before) return;
        }
        throw new AssertionError("not settled after 30 rounds");
    }

    /** A cluster that was deleted has nothing any more. */
    public void forget(ClusterName cluster) {
        applied.remove(cluster);
        sent.remove(cluster);
    }

    public Optional<CompiledCluster> applied(ClusterName cluster) {
        return Optional.ofNullable(applied.get(cluster));
    }

    /** Bundles that the cluster may be acting on. */
    public List<CompiledCluster> inForce(ClusterName cluster) {
        List<CompiledCluster> all = new ArrayList<>();
        applied(cluster).ifPresent(all::add);
        if (sent.containsKey(cluster)) all.add(sent.get(cluster));
        return all;
    }

    private static Acknowledged entry(
            ClusterName cluster,
            SortedSet<GatewayName> gained,
            SortedSet<GatewayName> dropping,
            SortedSet<GatewayName> lost,
            SortedSet<Call> callsGained,
            SortedSet<Call> callsLost) {
        return new Acknowledged(
                cluster, 1, gained, dropping, lost, callsGained, callsLost, new TreeMap<>(), new TreeSet<>());
    }

    private static <T extends Comparable<? super T>> SortedSet<T> without(Collection<T> all, Collection<T> some) {
        SortedSet<T> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static <T extends Comparable<? super T>> SortedSet<T> set() {
        return new TreeSet<>();
    }
}
