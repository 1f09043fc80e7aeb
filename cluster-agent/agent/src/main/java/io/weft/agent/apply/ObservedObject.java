package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as the API server has it.
 *
 * @param uid with {@code resourceVersion} the precondition of every forced write: what was judged is what is changed
 * @param generation moves when something else than metadata or status changes
 */
public record ObservedObject(ObjectKey key, String uid, String resourceVersion, long generation, ObjectNode json) {
    public static ObservedObject of(ObjectNode json) {
        JsonNode metadata = json.path("metadata");
        ObjectKey key = new ObjectKey(
                json.path("apiVersion").asString(""),
                json.path("kind").asString(""),
                metadata.path("namespace").asString(""),
                metadata.path("name").asString(""));
        return new ObservedObject(
                key,
                metadata.path("uid").asString(""),
                metadata.path("resourceVersion").asString(""),
                metadata.path("generation").asLong(0),
                json);
    }

    public String label(String name) {
        return json.path("metadata").path("labels").path(name).asString("");
    }

    public String annotation(String name) {
        return json.path("metadata").path("annotations").path(name).asString("");
    }
}
