package io.weft.hub.platform.log;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Opens the epochs together that wait for their turn at the tenant's head: a thousand agents that come back must not make a
 * thousand commits one after the other.
 */
final class EpochOpenings {
    /** One transaction: raises the epoch of each, under the lock of the tenant's head. */
    @FunctionalInterface
    interface Transaction {
        Map<ClusterName, Long> open(TenantId tenant, Set<ClusterName> clusters);
    }

    private static final class Waiting {
        final ClusterName cluster;
        long epoch;

        @Nullable
        RuntimeException failure;

        Waiting(ClusterName cluster) {
            this.cluster = cluster;
        }

        boolean done() {
            return epoch > 0 || failure != null;
        }
    }

    private static final class Line {
        final ReentrantLock turn = new ReentrantLock(true);
        final Deque<Waiting> waiting = new ArrayDeque<>();
    }

    private final Transaction transaction;
    private final Map<TenantId, Line> lines = new ConcurrentHashMap<>();

    EpochOpenings(Transaction transaction) {
        this.transaction = transaction;
    }

    long open(TenantId tenant, ClusterName cluster) {
        Line line = lines.computeIfAbsent(tenant, any -> new Line());
        Waiting mine = new Waiting(cluster);
        synchronized (line.waiting) {
            line.waiting.add(mine);
        }
        line.turn.lock();
        try {
            while (!mine.done()) openGroup(tenant, line);
        } finally {
            line.turn.unlock();
        }
        if (mine.failure != null) throw mine.failure;
        return mine.epoch;
    }

    private void openGroup(TenantId tenant, Line line) {
        Map<ClusterName, Waiting> group = take(line);
        try {
            Map<ClusterName, Long> epochs = transaction.open(tenant, group.keySet());
            group.forEach((cluster, waiting) -> waiting.epoch = epochs.getOrDefault(cluster, 0L));
        } catch (RuntimeException failure) {
            group.values().forEach(waiting -> waiting.failure = failure);
        }
    }

    /** Of two sessions of one cluster each has an epoch of its own: the second is of the next group. */
    private static Map<ClusterName, Waiting> take(Line line) {
        Map<ClusterName, Waiting> group = new LinkedHashMap<>();
        List<Waiting> later = new ArrayList<>();
        synchronized (line.waiting) {
            for (Waiting each : line.waiting) {
                if (group.putIfAbsent(each.cluster, each) != null) later.add(each);
            }
            line.waiting.clear();
            line.waiting.addAll(later);
        }
        return group;
    }
}
