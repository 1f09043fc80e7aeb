package io.weft.fleet.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object as it was at one moment, as the bytes that are sent: a thousand clusters have many of them.
 *
 * @param version of the store when it was written
 * @param labels and fields: what selectors ask for
 * @param rest the JSON object but for its kind and apiVersion
 */
record StoredObject(Id id, long version, Map<String, String> labels, Map<String, String> fields, byte[] rest) {
    /** @param namespace empty for what belongs to the whole cluster */
    record Id(ResourceKind kind, String namespace, String name) {}

    static StoredObject of(Id id, long version, ObjectNode object) {
        ObjectNode rest = object.deepCopy();
        rest.remove("kind");
        rest.remove("apiVersion");
        Map<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label :
                object.path("metadata").path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().asString(""));
        }
        Map<String, String> fields = new TreeMap<>();
        fields.put("metadata.name", id.name());
        if (id.kind().namespaced()) fields.put("metadata.namespace", id.namespace());
        if (id.kind().kind().equals("Pod")) {
            fields.put("spec.nodeName", object.path("spec").path("nodeName").asString(""));
            fields.put("status.phase", object.path("status").path("phase").asString(""));
        }
        return new StoredObject(
                id,
                version,
                Map.copyOf(labels),
                Map.copyOf(fields),
                JsonMapper.shared().writeValueAsBytes(rest));
    }

    /** A copy that may be changed. */
    ObjectNode object() {
        return (ObjectNode) JsonMapper.shared().readTree(whole());
    }

    String uid() {
        return object().path("metadata").path("uid").asString("");
    }

    byte[] whole() {
        byte[] head = ("{\"kind\":\"" + id.kind().kind() + "\",\"apiVersion\":\""
                        + id.kind().apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + rest.length - 1];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(rest, 1, whole, head.length, rest.length - 1); // without its brace
        return whole;
    }

    /** As an item of a list: those of the built-in kinds do not say what they are. */
    byte[] item() {
        return id.kind().custom() ? whole() : rest;
    }

    @Override
    public String toString() {
        return id.kind().plural() + " " + id.namespace() + "/" + id.name() + " at " + version;
    }
}
