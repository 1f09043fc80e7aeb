package io.weft.policy.kind.trafficroute;

import io.weft.policy.model.ClusterName;

/** One version, and the cluster whose instances of it come first. */
public record VersionPreference(String version, ClusterName cluster) implements Comparable<VersionPreference> {
    @Override
    public int compareTo(VersionPreference other) {
        int byVersion = version.compareTo(other.version);
        return byVersion != 0 ? byVersion : cluster.compareTo(other.cluster);
    }
}
