package io.weft.fleet.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets of fields as {@code managedFields} writes them: {@code f:name} for a member, {@code k:{...}} for an item of a list
 * whose items are told apart, {@code "."} for the thing itself; one without anything below is a member of the set.
 */
final class Fields {
    static final String SELF = ".";

    private Fields() {}

    static ObjectNode none() {
        return JsonMapper.shared().createObjectNode();
    }

    /** Every field of a value. */
    static ObjectNode of(JsonNode value, Shape shape) {
        ObjectNode set = none();
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                set.set("f:" + member.getKey(), of(member.getValue(), shape.member(member.getKey())));
            }
        } else if (value.isArray()
                && shape instanceof Shape.ListOf list
                && !list.keys().isEmpty()) {
            for (JsonNode item : value) {
                ObjectNode fields = none();
                fields.putObject(SELF);
                fields.setAll(of(item, list.item()));
                set.set(key(item, list), fields);
            }
        }
        return set;
    }

    /** {@code k:{"name":"http"}}. */
    static String key(JsonNode item, Shape.ListOf list) {
        ObjectNode keys = none();
        list.keys().stream()
                .sorted()
                .forEach(name -> keys.set(name, item.path(name).isMissingNode() ? null : item.get(name)));
        return "k:" + keys;
    }

    /** The fields whose values are other than before, or new. */
    static ObjectNode changed(@Nullable JsonNode before, JsonNode now, Shape shape) {
        ObjectNode set = none();
        if (now instanceof ObjectNode object) {
            ObjectNode there = before instanceof ObjectNode old ? old : null;
            if (there == null && shape instanceof Shape.MapOf) set.putObject(SELF);
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode old = there == null ? null : there.get(member.getKey());
                if (member.getValue().equals(old)) continue;
                ObjectNode below = changed(old, member.getValue(), shape.member(member.getKey()));
                // Of an object in which only something is gone, nothing is changed by whom it was written.
                if (below.isEmpty() && old instanceof ObjectNode && member.getValue() instanceof ObjectNode) continue;
                set.set("f:" + member.getKey(), below);
            }
        } else if (now.isArray()
                && shape instanceof Shape.ListOf list
                && !list.keys().isEmpty()) {
            for (JsonNode item : now) {
                JsonNode old = item(before, key(item, list), list);
                if (item.equals(old)) continue;
                ObjectNode below = changed(old, item, list.item());
                if (old == null) below.putObject(SELF);
                if (!below.isEmpty()) set.set(key(item, list), below);
            }
        }
        return set;
    }

    static @Nullable JsonNode item(@Nullable JsonNode items, String key, Shape.ListOf list) {
        if (items == null) return null;
        for (JsonNode item : items) {
            if (key(item, list).equals(key)) return item;
        }
        return null;
    }

    static boolean isMember(ObjectNode fields) {
        return fields.isEmpty() || fields.has(SELF);
    }

    static ObjectNode union(ObjectNode one, ObjectNode other) {
        ObjectNode both = one.deepCopy();
        for (Map.Entry<String, JsonNode> each : other.properties()) {
            ObjectNode theirs = (ObjectNode) each.getValue();
            if (both.get(each.getKey()) instanceof ObjectNode ours) {
                ObjectNode merged = union(ours, theirs);
                boolean member = isMember(ours) || isMember(theirs);
                if (member && !merged.isEmpty()) merged.putObject(SELF);
                both.set(each.getKey(), merged);
            } else {
                both.set(each.getKey(), theirs.deepCopy());
            }
        }
        return both;
    }

    /** What is in both. */
    static ObjectNode intersection(ObjectNode one, ObjectNode other) {
        ObjectNode both = none();
        for (Map.Entry<String, JsonNode> each : one.properties()) {
            if (!(other.get(each.getKey()) instanceof ObjectNode theirs)) continue;
            ObjectNode ours = (ObjectNode) each.getValue();
            ObjectNode below = intersection(ours, theirs);
            if (!below.isEmpty() || isMember(ours) && isMember(theirs)) both.set(each.getKey(), below);
        }
        return both;
    }

    /** What is in the first alone. What the second has something below of stays in neither as a whole. */
    static ObjectNode difference(ObjectNode one, ObjectNode other) {
        ObjectNode rest = none();
        for (Map.Entry<String, JsonNode> each : one.properties()) {
            ObjectNode ours = (ObjectNode) each.getValue();
            if (!(other.get(each.getKey()) instanceof ObjectNode theirs)) {
                rest.set(each.getKey(), ours.deepCopy());
                continue;
            }
            ObjectNode below = difference(ours, theirs);
            if (below.size() == 1 && below.has(SELF)) continue;
            if (!below.isEmpty()) rest.set(each.getKey(), below);
        }
        return rest;
    }

    /** Each member as messages write it: {@code .spec.hosts}, {@code .spec.ports[name="http"].number}. */
    static List<String> paths(ObjectNode set) {
        List<String> paths = new ArrayList<>();
        collect("", set, paths);
        return paths;
    }

    private static void collect(String path, ObjectNode set, List<String> paths) {
        for (Map.Entry<String, JsonNode> each : set.properties()) {
            String name = each.getKey();
            if (name.equals(SELF)) {
                paths.add(path);
                continue;
            }
            ObjectNode below = (ObjectNode) each.getValue();
            String here = path + (name.startsWith("k:") ? bracket(name.substring(2)) : "." + name.substring(2));
            if (below.isEmpty()) paths.add(here);
            else collect(here, below, paths);
        }
    }

    private static String bracket(String key) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each :
                JsonMapper.shared().readTree(key).properties()) {
            parts.add(each.getKey() + "=" + each.getValue());
        }
        return "[" + String.join(",", parts) + "]";
    }
}
