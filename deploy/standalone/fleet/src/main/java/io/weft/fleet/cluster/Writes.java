package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ApiProblem.Cause;
import io.weft.fleet.cluster.StoredObject.Id;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Creates, changes and deletes objects: each call by itself, as if there was no other. */
final class Writes {
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final ResourceKind NAMESPACE =
            ResourceKinds.ofPlural("", "v1", "namespaces").orElseThrow();

    private final ObjectStore store;
    private final InstantSource clock;

    /** @param status of HTTP */
    record Written(int status, byte[] body) {}

    Writes(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Written create(Call call) {
        ObjectNode body = Documents.object(call.body());
        typed(call, body);
        JsonNode metadata = body.path("metadata");
        String name = metadata.path("name").asString("");
        if (name.isEmpty() && metadata.has("generateName")) {
            name = metadata.path("generateName").asString("")
                    + UUID.randomUUID().toString().substring(0, 5);
        }
        Call named = call.named(name);
        placed(named, body);
        unknown(named, body);
        return store.alone(() -> {
            inNamespace(named);
            ObjectNode next = updated(named, null, body);
            Validation.check(call.kind(), next);
            if (store.get(named.id()).isPresent()) throw ApiProblem.alreadyExists(call.kind(), named.name());
            return save(named, null, next);
        });
    }

    Written update(Call call) {
        ObjectNode body = Documents.object(call.body());
        typed(call, body);
        placed(call, body);
        unknown(call, body);
        return store.alone(() -> {
            StoredObject live = store.get(call.id()).orElseThrow(() -> ApiProblem.notFound(call.kind(), call.name()));
            String version = body.path("metadata").path("resourceVersion").asString("");
            if (version.isEmpty() && call.kind().custom()) {
                throw ApiProblem.invalid(
                        call.kind(),
                        call.name(),
                        List.of(new Cause(
                                "FieldValueInvalid",
                                "Invalid value: 0: must be specified for an update",
                                "metadata.resourceVersion")));
            }
            return change(call, live, body);
        });
    }

    Written patch(Call call) {
        return switch (call.contentType()) {
            case APPLY -> apply(call);
            case MERGE -> patched(call, false);
            case JSON_PATCH -> patched(call, true);
            case STRATEGIC -> {
                if (call.kind().custom()) throw unsupported(call);
                yield patched(call, false);
            }
            default -> throw unsupported(call);
        };
    }

    private static ApiProblem unsupported(Call call) {
        String strategic = call.kind().custom() ? "" : ", " + STRATEGIC;
        return ApiProblem.unsupported(JSON_PATCH + ", " + MERGE + strategic + ", " + APPLY);
    }

    private Written patched(Call call, boolean operations) {
        JsonNode patch = Documents.json(call.body());
        return store.alone(() -> {
            StoredObject live = store.get(call.id()).orElseThrow(() -> ApiProblem.notFound(call.kind(), call.name()));
            ObjectNode object = live.object();
            ObjectNode next =
                    operations ? Documents.jsonPatch(object, patch) : (ObjectNode) Documents.mergePatch(object, patch);
            List<String> unknown = SchemaCheck.takeUnknown(call.kind(), next);
            if (call.strict() && !unknown.isEmpty()) {
                String message = "Invalid value: " + JsonNodeFactory.instance.stringNode(next.toString())
                        + ": strict decoding error: " + listed(unknown);
                throw ApiProblem.invalid(
                        call.kind(), call.name(), List.of(new Cause("FieldValueInvalid", message, "patch")));
            }
            return change(call, live, next);
        });
    }

    private Written change(Call call, StoredObject live, ObjectNode body) {
        ObjectNode before = live.object();
        same(call, before, body, false);
        ObjectNode next = updated(call, before, body);
        Validation.check(call.kind(), next);
        return save(call, live, next);
    }

    /** The object after an update, with its fields' owners. */
    private ObjectNode updated(Call call, @Nullable ObjectNode before, ObjectNode body) {
        ObjectNode next = arranged(call, before, body);
        ManagedFields managed = ManagedFields.of(before == null ? Fields.none() : before);
        ObjectNode changed = Fields.changed(
                before == null ? Fields.none() : before, next, call.kind().shape());
        // What happens in a cluster by itself is nobody's in particular.
        if (!call.subresource().equals(EVERYTHING)) {
            managed.update(
                    call.manager(),
                    call.kind().apiVersion(),
                    call.subresource(),
                    ManagedFields.ownable(changed),
                    clock.instant());
        }
        managed.into(next, call.kind().shape());
        return next;
    }

    private Written apply(Call call) {
        if (call.query("fieldManager").isEmpty()) {
            String message = "Required value: is required for apply patch";
            ResourceKind options =
                    new ResourceKind("meta.k8s.io", "v1", "PatchOptions", "", false, false, false, Shape.ANYTHING);
            throw ApiProblem.invalid(options, "", List.of(new Cause("FieldValueRequired", message, "fieldManager")));
        }
        ObjectNode wanted = Documents.yaml(call.text());
        typed(call, wanted);
        String name = wanted.path("metadata").path("name").asString("");
        if (!name.equals(call.name())) {
            throw ApiProblem.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + call.name() + ")");
        }
        placed(call, wanted);
        SchemaCheck.typed(call.kind(), wanted, call.namespace(), call.name());
        return store.alone(() -> {
            StoredObject live = store.get(call.id()).orElse(null);
            ObjectNode before = live == null ? null : live.object();
            if (before == null) gone(call, wanted);
            else same(call, before, wanted, true);
            inNamespace(call);
            boolean force = call.query("force").equals("true");
            ObjectNode merged = new ServerSideApply(call.kind(), call.manager(), force, clock.instant())
                    .apply(before, converted(call.kind(), wanted));
            ObjectNode next = arranged(call, before, merged);
            Validation.check(call.kind(), next);
            return save(call, live, next);
        });
    }

    private static void gone(Call call, ObjectNode wanted) {
        String uid = wanted.path("metadata").path("uid").asString("");
        if (uid.isEmpty()) return;
        throw ApiProblem.cannotBeFulfilled(
                call.kind(),
                call.name(),
                call.kind().resource(),
                call.kind().plural(),
                "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
    }

    /** That the caller means the object that is there, as it is. */
    private static void same(Call call, ObjectNode live, ObjectNode body, boolean applied) {
        JsonNode said = body.path("metadata");
        String version = said.path("resourceVersion").asString("");
        String uid = said.path("uid").asString("");
        String liveUid = live.path("metadata").path("uid").asString("");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            if (applied) {
                String message = "Invalid value: \"" + uid + "\": field is immutable";
                throw ApiProblem.invalid(
                        call.kind(), call.name(), List.of(new Cause("FieldValueInvalid", message, "metadata.uid")));
            }
            throw ApiProblem.cannotBeFulfilled(
                    call.kind(),
                    call.name(),
                    call.kind().resource(),
                    call.kind().plural(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid);
        }
        if (!version.isEmpty()
                && !version.equals(live.path("metadata").path("resourceVersion").asString(""))) {
            throw ApiProblem.moved(call.kind(), call.name());
        }
    }

    private static void typed(Call call, ObjectNode body) {
        String version = body.path("apiVersion").asString("");
        String kind = body.path("kind").asString("");
        boolean applied = call.contentType().equals(APPLY);
        if (applied && (version.isEmpty() || kind.isEmpty())) {
            throw ApiProblem.badRequest(
                    "invalid object type: " + (version.contains("/") ? version : "/" + version) + ", Kind=" + kind);
        }
        if (!version.isEmpty() && !version.equals(call.kind().apiVersion())
                || !kind.isEmpty() && !kind.equals(call.kind().kind())) {
            throw ApiProblem.badRequest("the object provided is unrecognized (must be of type "
                    + call.kind().kind() + "): " + version + ", Kind=" + kind);
        }
        body.put("apiVersion", call.kind().apiVersion()).put("kind", call.kind().kind());
    }

    private static void placed(Call call, ObjectNode body) {
        ObjectNode metadata = body.get("metadata") instanceof ObjectNode there ? there : body.putObject("metadata");
        String namespace = metadata.path("namespace").asString("");
        if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
            throw ApiProblem.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        String name = metadata.path("name").asString("");
        if (!name.isEmpty() && !name.equals(call.name())) {
            throw ApiProblem.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + call.name() + ")");
        }
        metadata.put("name", call.name());
        if (call.kind().namespaced()) metadata.put("namespace", call.namespace());
    }

    private static void unknown(Call call, ObjectNode body) {
        List<String> unknown = SchemaCheck.takeUnknown(call.kind(), body);
        if (!call.strict() || unknown.isEmpty()) return;
        String kind = call.kind().kind();
        throw ApiProblem.badRequest(kind + " in version \"" + call.kind().version() + "\" cannot be handled as a "
                + kind + ": strict decoding error: " + listed(unknown));
    }

    private static String listed(List<String> unknown) {
        return String.join(
                ", ",
                unknown.stream().map(field -> "unknown field \"" + field + "\"").toList());
    }

    private void inNamespace(Call call) {
        if (!call.kind().namespaced()) return;
        if (store.get(new Id(NAMESPACE, "", call.namespace())).isEmpty()) {
            throw ApiProblem.notFound(NAMESPACE, call.namespace());
        }
    }

    private static ObjectNode converted(ResourceKind kind, ObjectNode body) {
        if (!kind.kind().equals("Secret") || !(body.get("stringData") instanceof ObjectNode texts)) return body;
        ObjectNode converted = body.deepCopy();
        converted.remove("stringData");
        ObjectNode data = converted.get("data") instanceof ObjectNode there ? there : converted.putObject("data");
        for (Map.Entry<String, JsonNode> text : texts.properties()) {
            byte[] bytes = text.getValue().asString("").getBytes(StandardCharsets.UTF_8);
            data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
        }
        return converted;
    }

    /** With everything that the server itself says of an object, and of spec and status only what this call may write. */
    private ObjectNode arranged(Call call, @Nullable ObjectNode before, ObjectNode body) {
        ResourceKind kind = call.kind();
        ObjectNode next = converted(kind, body).deepCopy();
        if (call.subresource().equals("status") && before != null) {
            JsonNode status = next.path("status");
            next = before.deepCopy();
            if (!status.isMissingNode()) next.set("status", status);
        } else if (kind.status() && !call.subresource().equals(EVERYTHING)) {
            Optional<JsonNode> status = Optional.ofNullable(before == null ? null : before.get("status"));
            next.remove("status");
            if (status.isPresent()) next.set("status", status.get());
        }
        ObjectNode metadata = (ObjectNode) next.path("metadata");
        JsonNode old = before == null ? Fields.none() : before.path("metadata");
        metadata.put("name", call.name());
        if (kind.namespaced()) metadata.put("namespace", call.namespace());
        metadata.put("uid", old.path("uid").asString(UUID.randomUUID().toString()));
        metadata.put(
                "creationTimestamp", old.path("creationTimestamp").asString(ManagedFields.seconds(clock.instant())));
        if (kind.counted()) metadata.put("generation", generation(before, next));
        if (kind.equals(NAMESPACE)) {
            ObjectNode labels =
                    metadata.get("labels") instanceof ObjectNode there ? there : metadata.putObject("labels");
            labels.put("kubernetes.io/metadata.name", call.name());
        }
        if (kind.kind().equals("Secret") && !next.has("type")) next.put("type", "Opaque");
        return next;
    }

    /** Of the type that is read back: numbers of different types are not equal. */
    private static int generation(@Nullable ObjectNode before, ObjectNode next) {
        if (before == null) return 1;
        int generation = before.path("metadata").path("generation").asInt(1);
        return before.path("spec").equals(next.path("spec")) ? generation : generation + 1;
    }

    /** The subresource of those who write spec and status at once: what in a real cluster several controllers do. */
    static final String EVERYTHING = "*";

    private Written save(Call call, @Nullable StoredObject live, ObjectNode next) {
        int status = live == null ? 201 : 200;
        if (live != null && meaning(live.object()).equals(meaning(next))) return new Written(status, live.whole());
        if (call.dry()) {
            if (live == null) ((ObjectNode) next.path("metadata")).remove("resourceVersion");
            return new Written(status, JsonMapper.shared().writeValueAsBytes(next));
        }
        return new Written(status, store.put(call.id(), next).whole());
    }

    /** Without what changes at every write. */
    private static ObjectNode meaning(ObjectNode object) {
        ObjectNode meaning = object.deepCopy();
        ObjectNode metadata = (ObjectNode) meaning.path("metadata");
        metadata.remove("resourceVersion");
        for (JsonNode entry : metadata.path("managedFields")) ((ObjectNode) entry).remove("time");
        return meaning;
    }

    Written delete(Call call) {
        if (call.kind().equals(NAMESPACE)) {
            throw ApiProblem.notAllowed("namespaces of a simulated cluster cannot be deleted");
        }
        JsonNode wanted = call.body().length == 0
                ? Fields.none()
                : Documents.yaml(call.text()).path("preconditions");
        return store.alone(() -> {
            StoredObject live = store.get(call.id()).orElseThrow(() -> ApiProblem.notFound(call.kind(), call.name()));
            String uid = live.uid();
            precondition(
                    call,
                    wanted.path("uid").asString(uid),
                    uid,
                    "UID",
                    "object might have been deleted and then recreated");
            String version = Long.toString(live.version());
            precondition(
                    call,
                    wanted.path("resourceVersion").asString(version),
                    version,
                    "ResourceVersion",
                    "object might have been modified");
            if (!call.dry()) store.delete(live);
            ObjectNode status = Fields.none().put("kind", "Status").put("apiVersion", "v1");
            status.putObject("metadata");
            status.put("status", "Success");
            ObjectNode details = status.putObject("details").put("name", call.name());
            if (!call.kind().group().isEmpty()) details.put("group", call.kind().group());
            details.put("kind", call.kind().plural()).put("uid", uid);
            return new Written(200, JsonMapper.shared().writeValueAsBytes(status));
        });
    }

    private static void precondition(Call call, String wanted, String is, String what, String why) {
        if (wanted.equals(is)) return;
        String message = "the " + what + " in the precondition (" + wanted + ") does not match the " + what
                + " in record (" + is + "). The " + why;
        throw ApiProblem.cannotBeFulfilled(
                call.kind(),
                call.name(),
                call.kind().qualifiedKind(),
                call.kind().kind(),
                message);
    }
}
