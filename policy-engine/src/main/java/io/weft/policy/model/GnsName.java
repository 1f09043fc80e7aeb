package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a GlobalNamespace resource, unique in its tenant. */
public record GnsName(@JsonValue String value) implements Comparable<GnsName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GnsName {
        Names.label("globalNamespace", value);
    }

    @Override
    public int compareTo(GnsName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
