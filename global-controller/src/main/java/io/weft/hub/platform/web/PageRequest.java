package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What queries have in common: the size of a page, numbers, times, yes or no. */
public final class PageRequest {
    public static final int DEFAULT = 100;
    public static final int MOST = 1_000;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private PageRequest() {}

    /** Reads {@code limit}; 400 for one out of range. */
    public static int limit(@Nullable String text) {
        if (text == null) return DEFAULT;
        long limit = number("limit", text);
        if (limit < 1 || limit > MOST) throw wrong("limit", text, "1 to " + MOST, null);
        return (int) limit;
    }

    /** Reads a whole number that is not negative; 400 for anything else. */
    public static long number(String name, String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) return value;
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a whole number", e);
        }
        throw wrong(name, text, "a whole number, not negative", null);
    }

    /** Reads {@code true} or {@code false}, which is also what none means; 400 for anything else. */
    public static boolean truth(String name, @Nullable String text) {
        if (text == null || text.equals("false")) return false;
        if (text.equals("true")) return true;
        throw wrong(name, text, "true or false", null);
    }

    /** Reads a moment that the database can hold too; 400 for anything else. */
    public static Instant moment(String name, String text) {
        String expected = "a time such as 2026-01-02T03:04:05Z";
        try {
            Instant moment = Instant.parse(text);
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) throw wrong(name, text, expected, null);
            return moment;
        } catch (DateTimeParseException e) {
            throw wrong(name, text, expected, e);
        }
    }

    /** A 400 about one parameter of the query. */
    public static ProblemException wrong(String name, String text, String expected, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        org.springframework.http.HttpStatus.BAD_REQUEST,
                        name + ": " + text + " (expected: " + expected + ")",
                        List.of(new Violation("?" + name, text, "wrong value", expected))),
                java.util.Map.of(),
                cause);
    }
}
