package io.weft.policy.model;

import com.google.re2j.Pattern;

/** A match on a text. Regex is RE2 and matches the whole text. */
public record NameMatch(Op op, String value) {
    public enum Op {
        Exact,
        Prefix,
        Suffix,
        Regex
    }

    public boolean matches(String text) {
        return switch (op) {
            case Exact -> text.equals(value);
            case Prefix -> text.startsWith(value);
            case Suffix -> text.endsWith(value);
            case Regex -> Pattern.matches(value, text);
        };
    }
}
