package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Which revision of a scope each cluster has: the base, unless the cluster is an exception. */
public record Release(long base, PSortedMap<ClusterName, Long> exceptions) {
    public static final Release NONE = new Release(0, TreePMap.empty());

    public long of(ClusterName cluster) {
        Long exception = exceptions.get(cluster);
        return exception == null ? base : exception;
    }

    /** The least revision that any cluster has. */
    public long least() {
        long least = base;
        for (long exception : exceptions.values()) least = Math.min(least, exception);
        return least;
    }

    Release apply(Released entry) {
        Long newBase = entry.base();
        return newBase == null
                ? new Release(base, exceptions.plusAll(entry.clusters()))
                : new Release(newBase, TreePMap.from(entry.clusters()));
    }
}
