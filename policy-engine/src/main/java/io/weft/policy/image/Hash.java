package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A SHA-256 as 64 lower-case hexadecimal digits. */
public record Hash(@JsonValue String hex) implements Comparable<Hash> {
    /** The parent of the first entry of a log. */
    public static final Hash ZERO = new Hash("0".repeat(64));

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Hash {
        if (hex.length() != 64 || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("hash: " + hex + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    @Override
    public int compareTo(Hash other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
