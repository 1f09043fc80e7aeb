package io.weft.agent.apply;

import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.agent.platform.KubernetesApi;
import io.weft.agent.platform.KubernetesApi.Answer;
import io.weft.agent.platform.KubernetesApi.Method;
import io.weft.policy.bundle.ObjectKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a real API server, as raw JSON: what the hub sent is what is applied. Retries nothing by itself; sorts
 * every answer once ({@link ApiFailures}).
 */
public final class KubernetesObjects implements ClusterObjects {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String APPLY = "?fieldManager=" + Ownership.WEFT + "&fieldValidation=Strict&force=";
    private static final String MERGE = "?fieldManager=" + Ownership.WEFT + "&fieldValidation=Strict";
    private static final int PAGE = 500;

    private final KubernetesApi api;
    private final Sightings sightings;
    private final Map<ObjectType, Resource> resources = new ConcurrentHashMap<>();

    private record Resource(String plural, boolean namespaced) {}

    public KubernetesObjects(KubernetesApi api, Sightings sightings) {
        this.api = api;
        this.sightings = sightings;
    }

    @Override
    public Optional<ObservedObject> read(ObjectKey key) throws ObjectFailure {
        Answer answer = send(Method.GET, path(key), null);
        if (answer.status() == 404) return Optional.empty();
        return Optional.of(ObservedObject.of(document(accepted(answer))));
    }

    @Override
    public List<ObservedObject> managed(ObjectType type) throws ObjectFailure {
        List<ObservedObject> found = new ArrayList<>();
        String from = "";
        Resource resource;
        try {
            resource = resource(type);
        } catch (ObjectFailure e) {
            if (e.why() == Cause.NOT_INSTALLED) return List.of();
            throw e;
        }
        do {
            String query = "?limit=" + PAGE + "&labelSelector="
                    + encoded(Ownership.MANAGED_BY + "=" + Ownership.WEFT)
                    + (from.isEmpty() ? "" : "&continue=" + encoded(from));
            ObjectNode page = document(accepted(send(Method.GET, root(type) + "/" + resource.plural() + query, null)));
            for (JsonNode item : page.path("items")) {
                if (item instanceof ObjectNode object) found.add(ObservedObject.of(typed(object, type)));
            }
            from = page.path("metadata").path("continue").asString("");
        } while (!from.isEmpty());
        return found;
    }

    /** Items of a list may come without their type. */
    private static ObjectNode typed(ObjectNode object, ObjectType type) {
        object.put("apiVersion", type.apiVersion());
        object.put("kind", type.kind());
        return object;
    }

    @Override
    public ObservedObject apply(ObjectKey key, ObjectNode json, @Nullable ObservedObject over) throws ObjectFailure {
        ObjectNode body = json.deepCopy();
        if (over != null && body.path("metadata") instanceof ObjectNode metadata) {
            // Force takes over only what was judged to be ours, as it was judged.
            metadata.put("uid", over.uid());
            metadata.put("resourceVersion", over.resourceVersion());
        }
        Answer answer = send(Method.APPLY, path(key) + APPLY + (over != null), body);
        return ObservedObject.of(document(accepted(answer)));
    }

    @Override
    public ObservedObject merge(ObservedObject over, ObjectNode patch) throws ObjectFailure {
        ObjectNode body = patch.deepCopy();
        ObjectNode metadata = body.get("metadata") instanceof ObjectNode there ? there : body.putObject("metadata");
        metadata.put("resourceVersion", over.resourceVersion());
        return ObservedObject.of(document(accepted(send(Method.MERGE, path(over.key()) + MERGE, body))));
    }

    @Override
    public void delete(ObservedObject observed) throws ObjectFailure {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        options.putObject("preconditions")
                .put("uid", observed.uid())
                .put("resourceVersion", observed.resourceVersion());
        Answer answer = send(Method.DELETE, path(observed.key()), options);
        if (answer.status() != 404) accepted(answer);
    }

    @Override
    public List<Claim> claims() {
        return sightings.claims();
    }

    @Override
    public Optional<ObservedObject> seen(ObjectKey key) {
        return sightings.seen(key);
    }

    private static Answer accepted(Answer answer) throws ObjectFailure {
        if (answer.status() / 100 != 2) throw ApiFailures.of(answer);
        return answer;
    }

    private Answer send(Method method, String path, @Nullable ObjectNode body) throws ObjectFailure {
        try {
            return api.send(method, path, body == null ? "" : body.toString());
        } catch (IOException e) {
            throw new ObjectFailure(Cause.UNAVAILABLE, "no answer from the API server: " + e.getMessage(), e);
        }
    }

    private static ObjectNode document(Answer answer) throws ObjectFailure {
        try {
            if (JSON.readTree(answer.body()) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw new ObjectFailure(Cause.UNAVAILABLE, "the API server's answer is not JSON", e);
        }
        throw new ObjectFailure(Cause.UNAVAILABLE, "the API server's answer is not an object");
    }

    private String path(ObjectKey key) throws ObjectFailure {
        Resource resource = resource(ObjectType.of(key));
        String namespace = resource.namespaced() ? "/namespaces/" + encoded(key.namespace()) : "";
        return root(ObjectType.of(key)) + namespace + "/" + resource.plural() + "/" + encoded(key.name());
    }

    private static String root(ObjectType type) {
        return (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
    }

    private Resource resource(ObjectType type) throws ObjectFailure {
        Resource known = resources.get(type);
        if (known != null) return known;
        Answer answer = send(Method.GET, root(type), null);
        if (answer.status() == 404) throw notInstalled(type);
        for (JsonNode entry : document(accepted(answer)).path("resources")) {
            String name = entry.path("name").asString("");
            if (name.indexOf('/') < 0 && entry.path("kind").asString("").equals(type.kind())) {
                Resource found = new Resource(name, entry.path("namespaced").asBoolean(true));
                resources.put(type, found);
                return found;
            }
        }
        throw notInstalled(type);
    }

    private static ObjectFailure notInstalled(ObjectType type) {
        return new ObjectFailure(Cause.NOT_INSTALLED, type + ": not installed in this cluster");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
