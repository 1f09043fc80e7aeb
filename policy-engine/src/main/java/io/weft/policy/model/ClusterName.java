package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a Cluster resource, unique in its tenant; stable for the life of the cluster's membership. */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClusterName {
        Names.label("cluster", value);
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
