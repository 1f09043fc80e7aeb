package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the few small bodies that are no resources: every unknown or wrong field is noted, all are told at once. */
public final class JsonBody {
    private final JsonNode body;
    private final List<Violation> violations = new ArrayList<>();

    public JsonBody(JsonNode body, Set<String> known) {
        this.body = body;
        if (!body.isObject()) {
            throw ProblemException.unreadable(new Violation("", null, "not an object", "an object"), null);
        }
        body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violations.add(new Violation(
                        "/" + name,
                        null,
                        "unknown field",
                        "one of " + known.stream().sorted().toList())));
    }

    /** The parsed text of a field; a parser answers null or throws IllegalArgumentException for a wrong one. */
    public <T> Optional<T> text(String field, String expected, Function<String, @Nullable T> parser) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) return Optional.empty();
        try {
            T parsed = value.isString() ? parser.apply(value.stringValue()) : null;
            if (parsed != null) return Optional.of(parsed);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            violations.add(new Violation("/" + field, value.toString(), "wrong value", expected));
            return Optional.empty();
        }
        violations.add(new Violation("/" + field, value.toString(), "wrong value", expected));
        return Optional.empty();
    }

    /** As {@link #text}, and a missing field is a violation too. */
    public <T> Optional<T> required(String field, String expected, Function<String, @Nullable T> parser) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) violations.add(new Violation("/" + field, null, "missing", expected));
        return text(field, expected, parser);
    }

    /** A whole number between two others, both included. */
    public Optional<Long> number(String field, long least, long most) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) return Optional.empty();
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number >= least && number <= most) return Optional.of(number);
        }
        violations.add(new Violation("/" + field, value.toString(), "wrong value", least + " to " + most));
        return Optional.empty();
    }

    /** Throws 422 with everything that was noted. */
    public void check() {
        if (!violations.isEmpty()) throw ProblemException.unprocessable(violations);
    }
}
