package io.weft.policy.model;

/** The syntax of names, shared by every typed identifier. */
final class Names {
    private static final int LONGEST = 63;

    private Names() {}

    /** Answers the name itself, or throws with what was expected: an RFC 1123 label of up to 63 characters. */
    static String label(String what, String value) {
        if (!isLabel(value)) {
            throw new IllegalArgumentException(what + ": " + value
                    + " (expected: an RFC 1123 label, lower-case letters, digits and '-', up to 63 characters)");
        }
        return value;
    }

    /** By hand: names are made for each cluster and each service that is looked at, an expression would show. */
    static boolean isLabel(String value) {
        int length = value.length();
        if (length == 0 || length > LONGEST || value.charAt(0) == '-' || value.charAt(length - 1) == '-') return false;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean fits = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            if (!fits) return false;
        }
        return true;
    }
}
