package io.weft.hub.world;

import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.IncrementalCompiler;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each cluster of one tenant should have, kept up with a replica. Replay only marks what is affected; a bundle is
 * compiled when somebody asks for it.
 */
public final class ReplicaCompiler implements ReplicaListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ClusterName, List<Runnable>> watchers = new ConcurrentHashMap<>();
    private IncrementalCompiler compiler;
    private TenantImage image;

    /** A compiled bundle with the image that it was compiled from. */
    public record Compiled(CompiledCluster cluster, TenantImage image) {}

    private ReplicaCompiler(TenantImage start) {
        image = start;
        compiler = new IncrementalCompiler(start);
    }

    static ReplicaCompiler on(TenantReplica replica) {
        ReplicaCompiler compiler = new ReplicaCompiler(replica.image());
        compiler.restarted(replica.listen(compiler));
        return compiler;
    }

    /** What the cluster should have at the image that this replica stands at. */
    public Compiled compile(ClusterName cluster) {
        lock.lock();
        try {
            return new Compiled(compiler.compile(cluster), image);
        } finally {
            lock.unlock();
        }
    }

    /** Calls when the cluster's bundle may have changed; must be quick and must not block. Until the answer is closed. */
    public AutoCloseable watch(ClusterName cluster, Runnable changed) {
        watchers.computeIfAbsent(cluster, name -> new CopyOnWriteArrayList<>()).add(changed);
        return () -> watchers.computeIfPresent(cluster, (name, all) -> {
            all.remove(changed);
            return all.isEmpty() ? null : all;
        });
    }

    boolean isUnwatched() {
        return watchers.isEmpty();
    }

    @Override
    public void replayed(List<LogRecord> records, TenantImage after) {
        Set<ClusterName> affected = new TreeSet<>();
        lock.lock();
        try {
            TenantImage at = image;
            for (LogRecord record : records) {
                if (record.position() <= at.position()) continue;
                at = record.position() == after.position() ? after : at.apply(record);
                affected.addAll(compiler.advance(record, at));
            }
            image = at;
        } finally {
            lock.unlock();
        }
        for (ClusterName cluster : affected)
            watchers.getOrDefault(cluster, List.of()).forEach(Runnable::run);
    }

    @Override
    public void restarted(TenantImage anew) {
        lock.lock();
        try {
            if (anew.position() == image.position()
                    && anew.hash().equals(image.hash())
                    && anew.incarnation() == image.incarnation()) return;
            image = anew;
            compiler = new IncrementalCompiler(anew);
        } finally {
            lock.unlock();
        }
        watchers.values().forEach(all -> all.forEach(Runnable::run));
    }
}
