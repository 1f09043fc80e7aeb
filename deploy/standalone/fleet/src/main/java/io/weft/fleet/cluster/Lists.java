package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ObjectStore.Listing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists of objects, whole or by pages. A later page is of the store as it is then. */
final class Lists {
    private Lists() {}

    static byte[] of(ObjectStore store, Call call) {
        Selector selector = Selector.of(call.query("labelSelector"), call.query("fieldSelector"));
        Listing all = store.list(call.kind(), call.namespace());
        String after = begin(call.query("continue"), store);
        List<StoredObject> rest = all.objects().stream()
                .filter(selector::matches)
                .filter(object -> key(object).compareTo(after) > 0)
                .toList();
        String said = call.query("limit");
        int limit = said.matches("[1-9]\\d{0,8}") ? Integer.parseInt(said) : Integer.MAX_VALUE;
        List<StoredObject> page = rest.size() <= limit ? rest : rest.subList(0, limit);
        ObjectNode metadata =
                JsonMapper.shared().createObjectNode().put("resourceVersion", Long.toString(all.version()));
        if (page.size() < rest.size()) {
            metadata.put("continue", token(all.version(), key(page.getLast())));
            metadata.put("remainingItemCount", rest.size() - page.size());
        }
        return written(call.kind(), metadata, page);
    }

    private static byte[] written(ResourceKind kind, ObjectNode metadata, List<StoredObject> page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("{\"kind\":\"" + kind.kind() + "List\",\"apiVersion\":\"" + kind.apiVersion()
                        + "\",\"metadata\":" + metadata + ",\"items\":[")
                .getBytes(StandardCharsets.UTF_8));
        boolean first = true;
        for (StoredObject object : page) {
            if (!first) out.write(',');
            first = false;
            out.writeBytes(object.item());
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String key(StoredObject object) {
        return object.id().namespace() + "/" + object.id().name();
    }

    private static String token(long version, String last) {
        ObjectNode token = JsonMapper.shared().createObjectNode();
        token.put("v", "meta.k8s.io/v1").put("rv", version).put("start", last);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonMapper.shared().writeValueAsBytes(token));
    }

    private static JsonNode read(String token) {
        try {
            return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token));
        } catch (JacksonException | IllegalArgumentException notOurs) {
            // said below
        }
        throw ApiProblem.badRequest("invalid continue token: continue key is not valid");
    }

    private static String begin(String token, ObjectStore store) {
        if (token.isEmpty()) return "";
        JsonNode read = read(token);
        if (read.path("rv").asLong(0) < store.forgotten()) {
            throw ApiProblem.expired(
                    "The provided continue parameter is too old to display a consistent list result. You"
                            + " can start a new list without the continue parameter.");
        }
        return read.path("start").asString("");
    }
}
