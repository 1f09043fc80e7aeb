package io.weft.fleet.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads objects and patches of them. */
public final class Documents {
    private static final YAMLMapper YAML = YAMLMapper.shared();

    private Documents() {}

    /** Every document of a manifest; those without content are left out. */
    public static List<ObjectNode> all(String yaml) {
        List<ObjectNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> each = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (each.hasNext()) {
                if (each.next() instanceof ObjectNode object) documents.add(object);
            }
        }
        return documents;
    }

    /** JSON is YAML. */
    static ObjectNode yaml(String text) {
        try {
            if (YAML.readTree(text) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw ApiProblem.badRequest(
                    "error decoding YAML: error converting YAML to JSON: yaml: " + e.getOriginalMessage());
        }
        throw ApiProblem.badRequest("error decoding YAML: not an object");
    }

    static JsonNode json(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw ApiProblem.badRequest("couldn't get version/kind; json parse error: " + e.getOriginalMessage());
        }
    }

    static ObjectNode object(byte[] body) {
        if (json(body) instanceof ObjectNode object) return object;
        throw ApiProblem.badRequest("the body is not an object");
    }

    /** RFC 7396. */
    static JsonNode mergePatch(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode members)) return patch;
        ObjectNode merged = target instanceof ObjectNode object
                ? object.deepCopy()
                : JsonMapper.shared().createObjectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (member.getValue().isNull()) merged.remove(member.getKey());
            else merged.set(member.getKey(), mergePatch(merged.path(member.getKey()), member.getValue()));
        }
        return merged;
    }

    /** RFC 6902. */
    static ObjectNode jsonPatch(ObjectNode target, JsonNode patch) {
        ObjectNode patched = target.deepCopy();
        for (JsonNode operation : patch) {
            String path = operation.path("path").asString("");
            switch (operation.path("op").asString("")) {
                case "add" -> add(patched, path, operation.path("value"));
                case "remove" -> take(patched, path);
                case "replace" -> {
                    take(patched, path);
                    add(patched, path, operation.path("value"));
                }
                case "copy" ->
                    add(
                            patched,
                            path,
                            patched.at(operation.path("from").asString("")).deepCopy());
                case "move" ->
                    add(patched, path, take(patched, operation.path("from").asString("")));
                case "test" -> {
                    if (!patched.at(path).equals(operation.path("value"))) throw refused();
                }
                default -> throw refused();
            }
        }
        return patched;
    }

    private static ApiProblem refused() {
        return ApiProblem.unprocessable("the server rejected our request due to an error in our request");
    }

    private static JsonNode parent(JsonNode root, String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) throw refused();
        return root.at(path.substring(0, slash));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    private static void add(ObjectNode root, String path, JsonNode value) {
        String name = last(path);
        switch (parent(root, path)) {
            case ObjectNode object -> object.set(name, value.deepCopy());
            case ArrayNode array -> {
                int index = name.equals("-") ? array.size() : index(name, array.size());
                array.insert(index, value.deepCopy());
            }
            default -> throw refused();
        }
    }

    private static JsonNode take(ObjectNode root, String path) {
        String name = last(path);
        JsonNode taken = switch (parent(root, path)) {
            case ObjectNode object -> object.remove(name);
            case ArrayNode array -> array.remove(index(name, array.size() - 1));
            default -> null;
        };
        if (taken == null) throw refused();
        return taken;
    }

    private static int index(String text, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) throw refused();
        return Integer.parseInt(text);
    }
}
