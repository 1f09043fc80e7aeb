package io.weft.fleet.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who wrote which field of an object last, as {@code metadata.managedFields} says. */
final class ManagedFields {
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    /** What nobody owns. */
    private static final List<String> NOBODYS = List.of(
            "f:name",
            "f:namespace",
            "f:generateName",
            "f:uid",
            "f:resourceVersion",
            "f:generation",
            "f:creationTimestamp",
            "f:deletionTimestamp",
            "f:selfLink",
            "f:managedFields");

    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        private final String manager;
        private final String operation;
        private final String apiVersion;
        private final String subresource;
        private String time;
        private ObjectNode fields;

        Entry(String manager, String operation, String apiVersion, String subresource, String time, ObjectNode fields) {
            this.manager = manager;
            this.operation = operation;
            this.apiVersion = apiVersion;
            this.subresource = subresource;
            this.time = time;
            this.fields = fields;
        }

        boolean is(String otherManager, String otherOperation, String otherSubresource) {
            return manager.equals(otherManager)
                    && operation.equals(otherOperation)
                    && subresource.equals(otherSubresource);
        }
    }

    static ManagedFields of(JsonNode object) {
        ManagedFields managed = new ManagedFields();
        for (JsonNode each : object.path("metadata").path("managedFields")) {
            if (!(each.get("fieldsV1") instanceof ObjectNode fields)) continue;
            managed.entries.add(new Entry(
                    each.path("manager").asString(""),
                    each.path("operation").asString(""),
                    each.path("apiVersion").asString(""),
                    each.path("subresource").asString(""),
                    each.path("time").asString(""),
                    fields.deepCopy()));
        }
        return managed;
    }

    /** All fields of an object that can belong to somebody. */
    static ObjectNode ownable(ObjectNode set) {
        set.remove("f:apiVersion");
        set.remove("f:kind");
        if (set.get("f:metadata") instanceof ObjectNode metadata) {
            NOBODYS.forEach(metadata::remove);
            if (metadata.isEmpty()) set.remove("f:metadata");
        }
        return set;
    }

    /** What this manager applied last. */
    ObjectNode applied(String manager) {
        return entries.stream()
                .filter(entry -> entry.is(manager, APPLY, ""))
                .map(entry -> entry.fields.deepCopy())
                .findFirst()
                .orElseGet(Fields::none);
    }

    /** Whose fields are among these, but for what this manager applied; as {@code "manager" using version}. */
    Map<String, ObjectNode> holders(ObjectNode changed, String applier) {
        Map<String, ObjectNode> holders = new java.util.TreeMap<>();
        for (Entry entry : entries) {
            if (entry.is(applier, APPLY, "")) continue;
            ObjectNode common = Fields.intersection(changed, entry.fields);
            if (common.isEmpty()) continue;
            String sub = entry.subresource.isEmpty() ? "" : " with subresource \"" + entry.subresource + "\"";
            holders.merge("\"" + entry.manager + "\"" + sub + " using " + entry.apiVersion, common, Fields::union);
        }
        return holders;
    }

    /** Fields that somebody but this applier holds. */
    ObjectNode heldByOthers(String applier) {
        ObjectNode all = Fields.none();
        for (Entry entry : entries) {
            if (!entry.is(applier, APPLY, "")) all = Fields.union(all, entry.fields);
        }
        return all;
    }

    /** From now on these are what the manager applied; what was taken over by force is nobody else's. */
    void apply(String manager, String apiVersion, ObjectNode fields, ObjectNode taken, Instant now) {
        for (Entry entry : entries) {
            if (!entry.is(manager, APPLY, "")) entry.fields = Fields.difference(entry.fields, taken);
        }
        entries.removeIf(entry -> entry.is(manager, APPLY, ""));
        entries.addFirst(new Entry(manager, APPLY, apiVersion, "", seconds(now), fields));
        entries.removeIf(entry -> entry.fields.isEmpty());
    }

    /** These were changed by the manager, other than by applying. */
    void update(String manager, String apiVersion, String subresource, ObjectNode changed, Instant now) {
        if (changed.isEmpty()) return;
        Entry own = null;
        for (Entry entry : entries) {
            if (entry.is(manager, UPDATE, subresource)) own = entry;
            else entry.fields = Fields.difference(entry.fields, changed);
        }
        if (own == null) {
            entries.add(new Entry(manager, UPDATE, apiVersion, subresource, seconds(now), changed));
        } else {
            own.fields = Fields.union(own.fields, changed);
            own.time = seconds(now);
        }
        entries.removeIf(entry -> entry.fields.isEmpty());
    }

    static String seconds(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Writes them into the object, without the fields that it has no more. */
    void into(ObjectNode object, Shape shape) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.remove("managedFields");
        for (Entry entry : entries) entry.fields = existing(entry.fields, object, shape);
        entries.removeIf(entry -> entry.fields.isEmpty());
        if (entries.isEmpty()) return;
        var array = metadata.putArray("managedFields");
        for (Entry entry : entries) {
            ObjectNode written = array.addObject()
                    .put("manager", entry.manager)
                    .put("operation", entry.operation)
                    .put("apiVersion", entry.apiVersion)
                    .put("time", entry.time)
                    .put("fieldsType", "FieldsV1");
            written.set("fieldsV1", entry.fields);
            if (!entry.subresource.isEmpty()) written.put("subresource", entry.subresource);
        }
    }

    private static ObjectNode existing(ObjectNode set, @Nullable JsonNode value, Shape shape) {
        ObjectNode rest = JsonMapper.shared().createObjectNode();
        for (Map.Entry<String, JsonNode> each : set.properties()) {
            String name = each.getKey();
            ObjectNode below = (ObjectNode) each.getValue();
            if (name.equals(Fields.SELF)) {
                rest.set(name, below);
                continue;
            }
            boolean item = name.startsWith("k:");
            JsonNode there = item
                    ? shape instanceof Shape.ListOf list ? Fields.item(value, name, list) : null
                    : value == null ? null : value.get(name.substring(2));
            if (there == null) continue;
            Shape inner = item ? shape.member("") : shape.member(name.substring(2));
            ObjectNode left = existing(below, there, inner);
            if (below.isEmpty() || !left.isEmpty()) rest.set(name, left);
        }
        return rest;
    }
}
