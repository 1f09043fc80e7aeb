package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An isolated customer or team; the first part of every key. */
public record TenantId(@JsonValue String value) implements Comparable<TenantId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantId {
        Names.label("tenant", value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
