package io.weft.policy.model;

import com.google.re2j.Pattern;

/** The syntax of names, shared by every typed identifier. */
final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    /** Answers the name itself, or throws with what was expected: an RFC 1123 label of up to 63 characters. */
    static String label(String what, String value) {
        if (!isLabel(value)) {
            throw new IllegalArgumentException(what + ": " + value
                    + " (expected: an RFC 1123 label, lower-case letters, digits and '-', up to 63 characters)");
        }
        return value;
    }

    static boolean isLabel(String value) {
        return LABEL.matches(value);
    }
}
