package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.weft.policy.model.ClusterName;

/** A (cluster, namespace) that belongs to a global namespace; part of a revision. Written {@code east/shop}. */
public record Member(ClusterName cluster, String namespace) implements Comparable<Member> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Member parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0) throw new IllegalArgumentException("member: " + text + " (expected: cluster/namespace)");
        return new Member(new ClusterName(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(Member other) {
        int byCluster = cluster.compareTo(other.cluster);
        return byCluster != 0 ? byCluster : namespace.compareTo(other.namespace);
    }

    @JsonValue
    @Override
    public String toString() {
        return cluster + "/" + namespace;
    }
}
