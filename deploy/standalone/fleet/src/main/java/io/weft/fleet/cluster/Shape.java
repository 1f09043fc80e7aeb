package io.weft.fleet.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a part of an object may be, as a schema says. Written in JSON: an object of fields ({@code "name!"}: must be
 * there), <code>{"*": of}</code> a map, {@code [of]} a list that is written as one, <code>[of, {"keys": [..]}]</code> a
 * list whose items are told apart, a type, {@code "|A|B"} one of these words, {@code "any"}.
 */
sealed interface Shape {
    /** Anything at all; maps in it are merged by key, lists are one value. */
    record Anything() implements Shape {}

    record Struct(Map<String, Shape> fields, Set<String> required) implements Shape {}

    record MapOf(Shape value) implements Shape {}

    /** @param keys what tells items apart; empty: the list is one value */
    record ListOf(Shape item, List<String> keys) implements Shape {}

    /** @param type {@code string}, {@code integer}, {@code number}, {@code boolean} or {@code int-or-string} */
    record Scalar(String type, List<String> words) implements Shape {}

    Shape ANYTHING = new Anything();

    /** The shape of a member that an object of this shape has, or may have. */
    default Shape member(String name) {
        return switch (this) {
            case Struct struct -> struct.fields().getOrDefault(name, ANYTHING);
            case MapOf map -> map.value();
            case ListOf list -> list.item();
            case Anything any -> ANYTHING;
            case Scalar scalar -> ANYTHING;
        };
    }

    static Shape of(JsonNode text) {
        if (text.isArray()) {
            List<String> keys = new ArrayList<>();
            text.path(1).path("keys").forEach(key -> keys.add(key.asString()));
            return new ListOf(of(text.path(0)), keys);
        }
        if (text.isObject()) return text.has("*") ? new MapOf(of(text.path("*"))) : struct(text);
        String type = text.asString();
        if (type.equals("any")) return ANYTHING;
        if (!type.startsWith("|")) return new Scalar(type, List.of());
        return new Scalar(
                "string",
                Pattern.compile("\\|").splitAsStream(type.substring(1)).toList());
    }

    private static Shape struct(JsonNode text) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> field : text.properties()) {
            String name = field.getKey();
            boolean needed = name.endsWith("!");
            String bare = needed ? name.substring(0, name.length() - 1) : name;
            fields.put(bare, of(field.getValue()));
            if (needed) required.add(bare);
        }
        return new Struct(fields, required);
    }
}
