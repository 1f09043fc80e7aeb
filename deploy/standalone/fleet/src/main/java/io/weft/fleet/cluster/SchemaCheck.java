package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ApiProblem.Cause;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares objects with their kind's shape, in the words of the real API server. It knows no rules but of structure: what
 * a definition says in expressions is not looked at.
 */
final class SchemaCheck {
    private SchemaCheck() {}

    /** Of an apply: a field that is unknown, or of another type, breaks the patch before anything else is looked at. */
    static void typed(ResourceKind kind, ObjectNode object, String namespace, String name) {
        List<String> errors = new ArrayList<>();
        typed("", object, kind.shape(), errors);
        if (errors.isEmpty()) return;
        String what = errors.size() == 1 ? errors.getFirst() : "errors:\n  " + String.join("\n  ", errors);
        String gvk = kind.group() + "/" + kind.version() + ", Kind=" + kind.kind();
        throw ApiProblem.failed(
                "failed to create typed patch object (" + namespace + "/" + name + "; " + gvk + "): " + what);
    }

    private static void typed(String path, JsonNode value, Shape shape, List<String> errors) {
        switch (shape) {
            case Shape.Anything any -> {}
            case Shape.Struct struct -> {
                if (!(value instanceof ObjectNode object)) {
                    if (!value.isNull()) errors.add(path + ": expected map, got &{" + plain(value) + "}");
                    return;
                }
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    Shape inner = struct.fields().get(field.getKey());
                    String here = path + "." + field.getKey();
                    if (inner == null) errors.add(here + ": field not declared in schema");
                    else typed(here, field.getValue(), inner, errors);
                }
            }
            case Shape.MapOf map -> {
                if (!value.isObject()) {
                    if (!value.isNull()) errors.add(path + ": expected map, got &{" + plain(value) + "}");
                    return;
                }
                value.properties()
                        .forEach(entry -> typed(path + "." + entry.getKey(), entry.getValue(), map.value(), errors));
            }
            case Shape.ListOf list -> {
                if (!value.isArray()) {
                    if (!value.isNull()) errors.add(path + ": expected list, got &{" + plain(value) + "}");
                    return;
                }
                for (int i = 0; i < value.size(); i++) typed(path + "[" + i + "]", value.get(i), list.item(), errors);
            }
            case Shape.Scalar scalar -> {
                if (!value.isNull() && !fits(scalar, value)) errors.add(path + ": " + expected(scalar, value));
            }
        }
    }

    private static String expected(Shape.Scalar scalar, JsonNode value) {
        String is = "&value.valueUnstructured{Value:" + plain(value) + "}";
        return switch (scalar.type()) {
            case "integer", "number" -> "expected numeric (int or float), got " + goType(value);
            case "boolean" -> "expected boolean, got " + is;
            default -> "expected string, got " + is;
        };
    }

    private static String goType(JsonNode value) {
        return value.isString() ? "string" : value.isBoolean() ? "boolean" : value.isArray() ? "list" : "map";
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private static boolean fits(Shape.Scalar scalar, JsonNode value) {
        return switch (scalar.type()) {
            case "integer" -> value.isNumber(); // an apply only asks for a number
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "int-or-string" -> value.isIntegralNumber() || value.isString();
            default -> value.isString();
        };
    }

    /** Fields that the kind does not have, by their paths; taken away from the object. */
    static List<String> takeUnknown(ResourceKind kind, ObjectNode object) {
        List<String> unknown = new ArrayList<>();
        takeUnknown("", object, kind.shape(), unknown);
        return unknown;
    }

    private static void takeUnknown(String path, JsonNode value, Shape shape, List<String> unknown) {
        switch (shape) {
            case Shape.Anything any -> {}
            case Shape.Scalar scalar -> {}
            case Shape.Struct struct -> {
                if (!(value instanceof ObjectNode object)) return;
                for (Iterator<Map.Entry<String, JsonNode>> all =
                                object.properties().iterator();
                        all.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = all.next();
                    String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                    Shape inner = struct.fields().get(field.getKey());
                    if (inner == null) {
                        unknown.add(here);
                        all.remove();
                    } else {
                        takeUnknown(here, field.getValue(), inner, unknown);
                    }
                }
            }
            case Shape.MapOf map ->
                value.properties()
                        .forEach(entry ->
                                takeUnknown(path + "." + entry.getKey(), entry.getValue(), map.value(), unknown));
            case Shape.ListOf list -> {
                for (int i = 0; i < value.size(); i++) {
                    takeUnknown(path + "[" + i + "]", value.get(i), list.item(), unknown);
                }
            }
        }
    }

    /** What makes the whole object invalid; empty when it is well. */
    static List<Cause> wrong(ResourceKind kind, ObjectNode object) {
        List<Cause> causes = new ArrayList<>();
        if (kind.custom()) wrong("", object, kind.shape(), causes);
        if (!causes.isEmpty()) {
            causes.add(new Cause(
                    "FieldValueInvalid",
                    "Invalid value: null: some validation rules were not checked because the object was invalid; correct"
                            + " the existing errors to complete validation",
                    "<nil>"));
        }
        return causes;
    }

    private static void wrong(String path, JsonNode value, Shape shape, List<Cause> causes) {
        switch (shape) {
            case Shape.Anything any -> {}
            case Shape.Struct struct -> {
                if (!(value instanceof ObjectNode object)) {
                    causes.add(type(path, value, "object"));
                    return;
                }
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    Shape inner = struct.fields().get(field.getKey());
                    if (inner != null) wrong(below(path, field.getKey()), field.getValue(), inner, causes);
                }
                for (String name : struct.required()) {
                    if (!object.has(name)) {
                        causes.add(new Cause("FieldValueRequired", "Required value", below(path, name)));
                    }
                }
            }
            case Shape.MapOf map -> {
                if (!value.isObject()) causes.add(type(path, value, "object"));
                value.properties()
                        .forEach(entry -> wrong(below(path, entry.getKey()), entry.getValue(), map.value(), causes));
            }
            case Shape.ListOf list -> {
                if (!(value instanceof ArrayNode)) {
                    causes.add(type(path, value, "array"));
                    return;
                }
                for (int i = 0; i < value.size(); i++) wrong(path + "[" + i + "]", value.get(i), list.item(), causes);
            }
            case Shape.Scalar scalar -> wrongScalar(path, value, scalar, causes);
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void wrongScalar(String path, JsonNode value, Shape.Scalar scalar, List<Cause> causes) {
        boolean whole = !scalar.type().equals("integer") || value.isIntegralNumber();
        if (!fits(scalar, value) || !whole) {
            causes.add(type(path, value, scalar.type()));
        } else if (!scalar.words().isEmpty() && !scalar.words().contains(value.asString())) {
            String words =
                    scalar.words().stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
            String message = "Unsupported value: \"" + value.asString() + "\": supported values: " + words;
            causes.add(new Cause("FieldValueNotSupported", message, path));
        }
    }

    private static Cause type(String path, JsonNode value, String expected) {
        String is = value.isIntegralNumber()
                ? "integer"
                : value.isNumber()
                        ? "number"
                        : value.isString()
                                ? "string"
                                : value.isBoolean()
                                        ? "boolean"
                                        : value.isArray() ? "array" : value.isNull() ? "null" : "object";
        return new Cause(
                "FieldValueTypeInvalid",
                "Invalid value: \"" + is + "\": " + path + " in body must be of type " + expected + ": \"" + is + "\"",
                path);
    }
}
