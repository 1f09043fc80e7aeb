package io.weft.agent.apply;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * In what an object differs from what it should be, as the merge patch (RFC 7396) that would put it right. Everything
 * beside metadata and status is ours alone; of labels and annotations only those that we set.
 */
final class Deviation {
    private Deviation() {}

    /** Empty when the object is as it should be. */
    static ObjectNode of(ObjectNode observed, ObjectNode desired) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        between(content(observed), content(desired), patch);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        marks("labels", observed, desired, metadata);
        marks("annotations", observed, desired, metadata);
        if (!metadata.isEmpty()) patch.set("metadata", metadata);
        return patch;
    }

    private static ObjectNode content(ObjectNode document) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            switch (member.getKey()) {
                case "apiVersion", "kind", "metadata", "status" -> {} // not ours to say
                default -> content.set(member.getKey(), member.getValue());
            }
        }
        return content;
    }

    private static void between(ObjectNode observed, ObjectNode desired, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : desired.properties()) {
            member(observed.get(member.getKey()), member.getKey(), member.getValue(), patch);
        }
        for (Map.Entry<String, JsonNode> member : observed.properties()) {
            if (!desired.has(member.getKey())) patch.putNull(member.getKey());
        }
    }

    private static void member(@Nullable JsonNode there, String name, JsonNode wanted, ObjectNode patch) {
        if (wanted.equals(there)) return;
        if (there instanceof ObjectNode from && wanted instanceof ObjectNode to) {
            ObjectNode inner = JsonNodeFactory.instance.objectNode();
            between(from, to, inner);
            if (!inner.isEmpty()) patch.set(name, inner);
        } else {
            patch.set(name, wanted);
        }
    }

    private static void marks(String which, ObjectNode observed, ObjectNode desired, ObjectNode metadata) {
        JsonNode there = observed.path("metadata").path(which);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> mark :
                desired.path("metadata").path(which).properties()) {
            if (!mark.getValue().equals(there.get(mark.getKey()))) patch.set(mark.getKey(), mark.getValue());
        }
        if (!patch.isEmpty()) metadata.set(which, patch);
    }
}
