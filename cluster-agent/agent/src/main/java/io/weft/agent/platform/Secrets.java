package io.weft.agent.platform;

import io.weft.agent.platform.KubernetesApi.Answer;
import io.weft.agent.platform.KubernetesApi.Method;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Secrets of the agent's own namespace. Their content never shows in messages. */
public final class Secrets {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KubernetesApi api;
    private final String namespace;

    public Secrets(KubernetesApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** A Secret as it was read or written. */
    public record Secret(String name, String resourceVersion, Map<String, byte[]> data) {
        /** Empty when there is no such key. */
        public byte[] bytes(String key) {
            byte[] value = data.get(key);
            return value == null ? new byte[0] : value;
        }

        public String text(String key) {
            return new String(bytes(key), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "secret " + name;
        }
    }

    public Optional<Secret> read(String name) throws IOException {
        Answer answer = api.send(Method.GET, path(name), "");
        if (answer.status() == 404) return Optional.empty();
        return Optional.of(secret(accepted("read", name, answer)));
    }

    /** @param over what must still be there as it was read; null: nothing must be there */
    public Secret write(String name, Map<String, byte[]> data, @Nullable Secret over) throws IOException {
        ObjectNode body = body(name, data);
        Answer answer;
        if (over == null) {
            answer = api.send(Method.POST, path(""), body.toString());
        } else {
            ((ObjectNode) body.path("metadata")).put("resourceVersion", over.resourceVersion());
            answer = api.send(Method.PUT, path(name), body.toString());
        }
        return secret(accepted("write", name, answer));
    }

    /** Whatever is there. */
    public Secret replace(String name, Map<String, byte[]> data) throws IOException {
        return write(name, data, read(name).orElse(null));
    }

    public void delete(String name) throws IOException {
        Answer answer = api.send(Method.DELETE, path(name), "");
        if (answer.status() != 404) accepted("delete", name, answer);
    }

    private ObjectNode body(String name, Map<String, byte[]> data) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
        ObjectNode metadata = body.putObject("metadata").put("name", name).put("namespace", namespace);
        metadata.putObject("labels").put("app.kubernetes.io/part-of", "weft");
        ObjectNode encoded = body.putObject("data");
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        return body;
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + namespace + "/secrets" + (name.isEmpty() ? "" : "/" + name);
    }

    private static Answer accepted(String verb, String name, Answer answer) throws IOException {
        if (answer.status() / 100 == 2) return answer;
        String why = answer.status() == 409 ? "changed meanwhile" : "HTTP " + answer.status();
        throw new IOException(verb + " secret " + name + ": " + why);
    }

    private static Secret secret(Answer answer) throws IOException {
        try {
            JsonNode json = JSON.readTree(answer.body());
            Map<String, byte[]> data = new HashMap<>();
            for (Map.Entry<String, JsonNode> entry : json.path("data").properties()) {
                data.put(
                        entry.getKey(),
                        Base64.getDecoder().decode(entry.getValue().asString("")));
            }
            JsonNode metadata = json.path("metadata");
            return new Secret(
                    metadata.path("name").asString(""),
                    metadata.path("resourceVersion").asString(""),
                    data);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("secret: the API server's answer cannot be read", e);
        }
    }
}
