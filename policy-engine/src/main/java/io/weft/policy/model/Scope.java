package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** What is released together: one global namespace ({@code gns/shop}), or the tenant's own resources ({@code tenant}). */
public record Scope(@JsonValue String value) implements Comparable<Scope> {
    private static final String GNS = "gns/";
    public static final Scope TENANT = new Scope("tenant");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scope {
        if (value.startsWith(GNS)) {
            Names.label("scope", value.substring(GNS.length()));
        } else if (!value.equals("tenant")) {
            throw new IllegalArgumentException("scope: " + value + " (expected: tenant or gns/<name>)");
        }
    }

    public static Scope of(GnsName gns) {
        return new Scope(GNS + gns.value());
    }

    public Optional<GnsName> gns() {
        return value.startsWith(GNS) ? Optional.of(new GnsName(value.substring(GNS.length()))) : Optional.empty();
    }

    @Override
    public int compareTo(Scope other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
