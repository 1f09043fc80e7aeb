package io.weft.hub.resources.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.Body;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.resources.Documents;
import io.weft.hub.resources.internal.Decision;
import io.weft.hub.resources.internal.Decision.Effect;
import io.weft.hub.resources.internal.Decision.Result;
import io.weft.hub.resources.internal.DocumentReader;
import io.weft.hub.resources.internal.HistoryStore;
import io.weft.hub.resources.internal.HistoryStore.Version;
import io.weft.hub.resources.internal.Mutation;
import io.weft.hub.resources.internal.Precondition;
import io.weft.hub.resources.internal.ResourceList;
import io.weft.hub.resources.internal.ResourceWrites;
import io.weft.hub.resources.internal.ResourceWrites.Answer;
import io.weft.hub.resources.internal.ResourceWrites.Described;
import io.weft.hub.world.Replicas;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of one kind; {@link KindRoutes} gives them their addresses. */
class KindController {
    private final Kind kind;
    private final Replicas replicas;
    private final Documents documents;
    private final ResourceWrites writes;
    private final HistoryStore history;
    private final DryRuns dryRuns;

    KindController(
            Kind kind,
            Replicas replicas,
            Documents documents,
            ResourceWrites writes,
            HistoryStore history,
            DryRuns dryRuns) {
        this.kind = kind;
        this.replicas = replicas;
        this.documents = documents;
        this.writes = writes;
        this.history = history;
        this.dryRuns = dryRuns;
    }

    ResponseEntity<byte[]> get(
            TenantCaller caller, @PathVariable Map<String, String> path, HttpServletRequest request) {
        caller.require(Permission.READ);
        TenantImage image = replicas.of(caller.tenant()).image();
        Resource resource = image.resource(key(path)).orElseThrow(ProblemException::notFound);
        String tag = Precondition.etag(resource);
        return Rendering.answer(
                ResponseEntity.ok().eTag(tag), request, documents.view(image).whole(resource));
    }

    ResponseEntity<byte[]> list(
            TenantCaller caller,
            @PathVariable Map<String, String> path,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String next,
            @RequestParam(required = false) @Nullable String labelSelector,
            @RequestParam(required = false) @Nullable String fieldSelector,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String q,
            HttpServletRequest request) {
        caller.require(Permission.READ);
        TenantImage image = replicas.of(caller.tenant()).image();
        GnsName gns = gns(path);
        if (gns != null
                && image.resource(ResourceKey.globalNamespace(gns.value())).isEmpty()) {
            throw ProblemException.notFound();
        }
        Documents.View view = documents.view(image);
        ResourceList.Page page = ResourceList.page(
                image,
                kind,
                gns,
                new ResourceList.Query(limit, next, labelSelector, fieldSelector, sort, q),
                view::listed);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        page.resources().forEach(resource -> items.add(view.listed(resource)));
        answer.put("total", page.total());
        if (page.next() != null) answer.put("continue", page.next());
        return Rendering.answer(ResponseEntity.ok(), request, answer);
    }

    ResponseEntity<byte[]> put(
            TenantCaller caller,
            @PathVariable Map<String, String> path,
            @RequestParam(required = false) @Nullable String dryRun,
            Body body,
            HttpServletRequest request) {
        ResourceKey key = key(path);
        Mutation wish = new Mutation.Put(DocumentReader.at(key, body.json()), precondition(request), "");
        if (PageRequest.truth("dryRun", dryRun)) return dryRuns.answer(caller, image -> List.of(wish), request);
        Answer answer = writes.write(
                caller,
                List.of(wish),
                "put " + kind.wireName(),
                target(key),
                Idempotency.of(request, caller, body),
                this::describePut);
        ResponseEntity.BodyBuilder response = ResponseEntity.status(answer.status());
        return Rendering.answer(response.eTag(etag(answer)), request, answer.body());
    }

    ResponseEntity<byte[]> delete(
            TenantCaller caller,
            @PathVariable Map<String, String> path,
            @RequestParam(required = false) @Nullable String dryRun,
            @RequestParam(required = false) @Nullable String cascade,
            HttpServletRequest request) {
        ResourceKey key = key(path);
        boolean whole = PageRequest.truth("cascade", cascade);
        Precondition precondition = precondition(request);
        Function<TenantImage, List<Mutation>> wishes = image -> deletion(image, key, precondition, whole);
        if (PageRequest.truth("dryRun", dryRun)) return dryRuns.answer(caller, wishes, request);
        Answer answer = writes.write(
                caller,
                wishes,
                "delete " + kind.wireName(),
                target(key),
                Idempotency.of(request, caller, null),
                this::describeDelete);
        return Rendering.answer(ResponseEntity.status(answer.status()), request, answer.body());
    }

    /** @param whole with what is in it, when it is a global namespace */
    private static List<Mutation> deletion(
            TenantImage image, ResourceKey key, Precondition precondition, boolean whole) {
        List<Mutation> wishes = new ArrayList<>();
        if (whole && key.kind() == Kind.GLOBAL_NAMESPACE) {
            image.newest(Scope.of(new GnsName(key.name())))
                    .filter(resource -> resource.key().kind().inGlobalNamespace())
                    .forEach(resource -> wishes.add(new Mutation.Delete(resource.key(), Precondition.NONE)));
        }
        wishes.add(new Mutation.Delete(key, precondition));
        return wishes;
    }

    ResponseEntity<byte[]> history(
            TenantCaller caller,
            @PathVariable Map<String, String> path,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String before,
            HttpServletRequest request) {
        int most = PageRequest.limit(limit);
        long last = before == null ? Long.MAX_VALUE : PageRequest.number("continue", before);
        List<Version> found = history.versions(caller, key(path), last, most + 1);
        if (found.isEmpty() && before == null) throw ProblemException.notFound();
        List<Version> items = found.subList(0, Math.min(most, found.size()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("items", Rendering.tree(items));
        if (found.size() > most)
            answer.put("continue", Long.toString(items.getLast().revision()));
        return Rendering.answer(ResponseEntity.ok(), request, answer);
    }

    private Described describePut(Decision decision) {
        Result result = decision.results().getFirst();
        Resource resource = result.resource();
        if (resource == null) throw new IllegalStateException("a put left nothing");
        ObjectNode document = documents.written(decision.after(), resource);
        HttpStatus status = result.effect() == Effect.CREATED ? HttpStatus.CREATED : HttpStatus.OK;
        return new Described(decision, new Answer(status.value(), Rendering.json(document)), detail(decision, result));
    }

    private Described describeDelete(Decision decision) {
        Result result = decision.results().getLast(); // after what is in it
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", kind.wireName());
        document.put("name", result.key().name());
        document.put("revision", decision.after().revision());
        return new Described(
                decision, new Answer(HttpStatus.OK.value(), Rendering.json(document)), detail(decision, result));
    }

    private static String detail(Decision decision, Result result) {
        return "{\"effect\":\"" + result.effect().name().toLowerCase(java.util.Locale.ROOT) + "\",\"revision\":"
                + decision.after().revision() + "}";
    }

    private static String etag(Answer answer) {
        return "\"" + Rendering.read(answer.body()).at("/metadata/generation").asLong() + "\"";
    }

    private static Precondition precondition(HttpServletRequest request) {
        return Precondition.of(request.getHeader(HttpHeaders.IF_MATCH), request.getHeader(HttpHeaders.IF_NONE_MATCH));
    }

    private ResourceKey key(Map<String, String> path) {
        try {
            return new ResourceKey(
                    gns(path), kind, Optional.ofNullable(path.get("name")).orElse(""));
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
    }

    private @Nullable GnsName gns(Map<String, String> path) {
        String gns = kind.inGlobalNamespace() ? path.get("gns") : null;
        try {
            return gns == null ? null : new GnsName(gns);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
    }

    static String target(ResourceKey key) {
        String inTenant = key.kind().plural() + "/" + key.name();
        return key.globalNamespace()
                .map(gns -> "global-namespaces/" + gns + "/" + inTenant)
                .orElse(inTenant);
    }
}
