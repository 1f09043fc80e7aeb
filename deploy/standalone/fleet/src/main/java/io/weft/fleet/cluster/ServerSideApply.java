package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ApiProblem.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object becomes when somebody says what it should have: fields of others stay, those that the same manager said
 * before and says no more go, and a field that another one set otherwise is a conflict unless it is taken by force.
 */
final class ServerSideApply {
    private final ResourceKind kind;
    private final String manager;
    private final boolean force;
    private final Instant now;

    ServerSideApply(ResourceKind kind, String manager, boolean force, Instant now) {
        this.kind = kind;
        this.manager = manager;
        this.force = force;
        this.now = now;
    }

    /** @param live null when there is none yet */
    ObjectNode apply(@Nullable ObjectNode live, ObjectNode wanted) {
        ObjectNode before = live == null ? Fields.none() : live;
        ManagedFields managed = ManagedFields.of(before);
        ObjectNode said = ManagedFields.ownable(Fields.of(wanted, kind.shape()));
        ObjectNode merged = (ObjectNode) merge(before, wanted, kind.shape());
        ObjectNode changed = ManagedFields.ownable(Fields.changed(before, merged, kind.shape()));
        Map<String, ObjectNode> holders = managed.holders(changed, manager);
        if (!holders.isEmpty() && !force) throw conflicts(holders);
        ObjectNode taken = holders.values().stream().reduce(Fields.none(), Fields::union);

        ObjectNode dropped = Fields.difference(managed.applied(manager), said);
        remove(merged, Fields.difference(dropped, managed.heldByOthers(manager)), kind.shape());
        managed.apply(manager, kind.apiVersion(), said, taken, now);
        if (merged.get("metadata") == null) merged.putObject("metadata");
        managed.into(merged, kind.shape());
        return merged;
    }

    private static ApiProblem conflicts(Map<String, ObjectNode> holders) {
        List<Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        holders.forEach((who, fields) -> {
            List<String> paths = Fields.paths(fields);
            for (String path : paths) causes.add(new Cause("FieldManagerConflict", "conflict with " + who, path));
            lines.add(
                    paths.size() == 1
                            ? "conflict with " + who + ": " + paths.getFirst()
                            : "conflicts with " + who + ":\n- " + String.join("\n- ", paths));
        });
        String count = causes.size() == 1 ? "1 conflict" : causes.size() + " conflicts";
        return ApiProblem.conflicts("Apply failed with " + count + ": " + String.join("\n", lines), causes);
    }

    private static JsonNode merge(@Nullable JsonNode live, JsonNode wanted, Shape shape) {
        if (wanted instanceof ObjectNode to) {
            ObjectNode merged = live instanceof ObjectNode from ? from.deepCopy() : Fields.none();
            for (Map.Entry<String, JsonNode> member : to.properties()) {
                String name = member.getKey();
                merged.set(name, merge(merged.get(name), member.getValue(), shape.member(name)));
            }
            return merged;
        }
        if (wanted instanceof ArrayNode to
                && shape instanceof Shape.ListOf list
                && !list.keys().isEmpty()) {
            ArrayNode merged = live instanceof ArrayNode from ? from.deepCopy() : to.arrayNode();
            for (JsonNode item : to) put(merged, item, list);
            return merged;
        }
        return wanted.deepCopy();
    }

    private static void put(ArrayNode items, JsonNode item, Shape.ListOf list) {
        String key = Fields.key(item, list);
        for (int i = 0; i < items.size(); i++) {
            if (Fields.key(items.get(i), list).equals(key)) {
                items.set(i, merge(items.get(i), item, list.item()));
                return;
            }
        }
        items.add(item.deepCopy());
    }

    /** Takes fields away; what is empty then goes with them. */
    private static void remove(JsonNode value, ObjectNode fields, Shape shape) {
        for (Map.Entry<String, JsonNode> each : fields.properties()) {
            ObjectNode below = (ObjectNode) each.getValue();
            String name = each.getKey();
            if (name.startsWith("k:")) {
                if (value instanceof ArrayNode items && shape instanceof Shape.ListOf list) {
                    removeItem(items, name, below, list);
                }
            } else if (!name.equals(Fields.SELF) && value instanceof ObjectNode object) {
                removeMember(object, name.substring(2), below, shape);
            }
        }
    }

    private static void removeMember(ObjectNode object, String name, ObjectNode below, Shape shape) {
        JsonNode there = object.get(name);
        if (there == null) return;
        if (below.isEmpty()) {
            object.remove(name);
            return;
        }
        remove(there, below, shape.member(name));
        if (there.isContainer() && there.isEmpty()) object.remove(name);
    }

    private static void removeItem(ArrayNode items, String key, ObjectNode below, Shape.ListOf list) {
        for (int i = 0; i < items.size(); i++) {
            if (!Fields.key(items.get(i), list).equals(key)) continue;
            if (below.has(Fields.SELF)) items.remove(i);
            else remove(items.get(i), below, list.item());
            return;
        }
    }
}
