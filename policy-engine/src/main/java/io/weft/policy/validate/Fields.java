package io.weft.policy.validate;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the fields of one JSON object and remembers which were asked for; whatever was not is unknown. Never throws:
 * every mistake becomes a violation and a harmless value is answered instead.
 */
final class Fields {
    private static final int MAX_TEXT = 4096;
    private static final int MAX_ITEMS = 1000;

    private final JsonNode node;
    private final String pointer;
    private final List<Violation> violations;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(JsonNode node, String pointer, List<Violation> violations) {
        this.pointer = pointer;
        this.violations = violations;
        this.node = node;
    }

    String pointer(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    boolean has(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    @Nullable
    JsonNode raw(String name) {
        return has(name) ? node.get(name) : null;
    }

    List<Violation> violations() {
        return violations;
    }

    void violation(String name, String message, String expected) {
        JsonNode value = node.get(name);
        violations.add(new Violation(pointer(name), value == null ? null : shortened(value), message, expected));
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    String text(String name, String otherwise) {
        JsonNode value = raw(name);
        if (value == null) return otherwise;
        if (!value.isString()) {
            violation(name, "is not a text", "a text");
            return otherwise;
        }
        String text = value.stringValue();
        if (text.length() > MAX_TEXT) violation(name, "is too long", "up to " + MAX_TEXT + " characters");
        if (text.indexOf('\0') >= 0) violation(name, "holds a NUL character", "a text without it");
        if (halfACharacter(text)) violation(name, "holds half a character", "whole Unicode characters");
        return text;
    }

    /** A surrogate without its partner: no UTF-8 can carry it. */
    private static boolean halfACharacter(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Nullable
    String optionalText(String name) {
        return has(name) ? text(name, "") : null;
    }

    String requiredText(String name, String expected) {
        if (!has(name)) {
            violation(name, "is missing", expected);
            return "";
        }
        String text = text(name, "");
        if (text.isEmpty() && node.get(name).isString()) violation(name, "is empty", expected);
        return text;
    }

    int whole(String name, int least, int most, int otherwise) {
        JsonNode value = raw(name);
        if (value == null) return otherwise;
        String expected = "a whole number from " + least + " to " + most;
        if (!value.isNumber()) {
            violation(name, "is not a number", expected);
            return otherwise;
        }
        BigDecimal number = value.decimalValue();
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            violation(name, "is out of range", expected);
            return otherwise;
        }
        return number.intValue();
    }

    @Nullable
    Duration duration(String name, Duration least, Duration most) {
        if (!has(name)) return null;
        String text = text(name, "");
        Duration duration = parseDuration(text);
        if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            violation(name, "is not such a duration", "10s, 5m, 500ms or ISO-8601, from " + least + " to " + most);
            return null;
        }
        return duration;
    }

    static @Nullable Duration parseDuration(String text) {
        try {
            if (text.startsWith("P")) return Duration.parse(text);
            int unit = 0;
            while (unit < text.length() && Character.isDigit(text.charAt(unit))) unit++;
            if (unit == 0 || unit > 9) return null;
            long number = Long.parseLong(text.substring(0, unit));
            return switch (text.substring(unit)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> null;
            };
        } catch (DateTimeParseException | ArithmeticException unreadable) {
            return null;
        }
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        if (!has(name)) return otherwise;
        String text = text(name, "");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) return constant;
        }
        violation(name, "is not one of the choices that are built", String.join(", ", names(type)));
        return otherwise;
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) names.add(constant.name());
        return names;
    }

    SortedMap<String, String> map(String name) {
        SortedMap<String, String> map = new TreeMap<>();
        JsonNode value = raw(name);
        if (value == null) return map;
        if (!value.isObject()) {
            violation(name, "is not an object", "names with texts");
            return map;
        }
        Fields inner = new Fields(value, pointer(name), violations);
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            map.put(member.getKey(), inner.text(member.getKey(), ""));
        }
        if (map.size() > MAX_ITEMS) violation(name, "has too many members", "up to " + MAX_ITEMS);
        return map;
    }

    SortedMap<String, String> labels(String name) {
        SortedMap<String, String> labels = map(name);
        checkKeys(name, labels);
        Fields inner = new Fields(node, pointer(name), violations);
        labels.forEach((key, value) -> {
            if (Labels.isValue(value)) return;
            violations.add(new Violation(inner.pointer(key), json(value), "is not a label value", Labels.VALUE));
        });
        return labels;
    }

    /** Free texts under keys that are like those of labels. */
    SortedMap<String, String> annotations(String name) {
        SortedMap<String, String> annotations = map(name);
        checkKeys(name, annotations);
        return annotations;
    }

    private void checkKeys(String name, SortedMap<String, String> map) {
        for (String key : map.keySet()) {
            if (!Labels.isKey(key)) {
                violations.add(new Violation(pointer(name), json(key), "is not a label key", Labels.KEY));
            }
        }
    }

    private static String json(String text) {
        return shortened(JsonNodeFactory.instance.stringNode(text));
    }

    <T> List<T> list(String name, Function<Fields, T> read) {
        List<T> list = new ArrayList<>();
        JsonNode value = raw(name);
        if (value == null) return list;
        if (!value.isArray()) {
            violation(name, "is not a list", "a list of objects");
            return list;
        }
        if (value.size() > MAX_ITEMS) {
            violation(name, "has too many items", "up to " + MAX_ITEMS);
            return list;
        }
        for (int i = 0; i < value.size(); i++) {
            String at = pointer(name) + "/" + i;
            if (!value.get(i).isObject()) {
                violations.add(new Violation(at, shortened(value.get(i)), "is not an object", "an object"));
                continue;
            }
            Fields item = new Fields(value.get(i), at, violations);
            list.add(read.apply(item));
            item.end();
        }
        return list;
    }

    List<String> labelValues(String name) {
        List<String> list = new ArrayList<>();
        JsonNode value = raw(name);
        if (value == null) return list;
        if (!value.isArray() || value.size() > MAX_ITEMS) {
            violation(name, "is not such a list", "a list of up to " + MAX_ITEMS + " texts");
            return list;
        }
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isString() && Labels.isValue(value.get(i).stringValue())) {
                list.add(value.get(i).stringValue());
            } else {
                violations.add(new Violation(
                        pointer(name) + "/" + i, shortened(value.get(i)), "is not a label value", Labels.VALUE));
            }
        }
        return list;
    }

    <T> @Nullable T object(String name, Function<Fields, T> read) {
        JsonNode value = raw(name);
        if (value == null) return null;
        if (!value.isObject()) {
            violation(name, "is not an object", "an object");
            return null;
        }
        Fields inner = new Fields(value, pointer(name), violations);
        T result = read.apply(inner);
        inner.end();
        return result;
    }

    /** Fields of this kind that Weft has in its plan but not in this version: refused rather than stored unused. */
    void notBuilt(String... names) {
        for (String name : names) {
            if (has(name)) violation(name, "is not built yet", "the field left out");
        }
    }

    /** Says which fields nobody asked for. */
    void end() {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!known.contains(member.getKey())) {
                violations.add(new Violation(
                        pointer(member.getKey()),
                        shortened(member.getValue()),
                        "is an unknown field",
                        known.isEmpty() ? "no fields" : String.join(", ", known)));
            }
        }
    }
}
