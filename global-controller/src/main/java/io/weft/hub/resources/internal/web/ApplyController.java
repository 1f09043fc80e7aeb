package io.weft.hub.resources.internal.web;

import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.Body;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.resources.Documents;
import io.weft.hub.resources.internal.Decision;
import io.weft.hub.resources.internal.Decision.Effect;
import io.weft.hub.resources.internal.DocumentReader;
import io.weft.hub.resources.internal.Mutation;
import io.weft.hub.resources.internal.Precondition;
import io.weft.hub.resources.internal.ResourceWrites;
import io.weft.hub.resources.internal.ResourceWrites.Answer;
import io.weft.hub.resources.internal.ResourceWrites.Described;
import io.weft.policy.validate.Document;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Many documents in one revision: all of them, or none. A JSON body is one document or a list of them. */
@RestController
class ApplyController {
    private final ResourceWrites writes;
    private final Documents documents;
    private final DryRuns dryRuns;

    ApplyController(ResourceWrites writes, Documents documents, DryRuns dryRuns) {
        this.writes = writes;
        this.documents = documents;
        this.dryRuns = dryRuns;
    }

    @PostMapping("/api/v1/tenants/{tenant}/apply")
    ResponseEntity<byte[]> apply(
            TenantCaller caller,
            @RequestParam(required = false) @Nullable String dryRun,
            Body body,
            HttpServletRequest request) {
        List<Mutation> wishes = wishes(body);
        if (PageRequest.truth("dryRun", dryRun)) return dryRuns.answer(caller, image -> wishes, request);
        Answer answer = writes.write(
                caller,
                wishes,
                "apply",
                "apply",
                Idempotency.of(request, caller, body),
                decision -> describe(decision, documents));
        return Rendering.answer(ResponseEntity.status(answer.status()), request, answer.body());
    }

    @PostMapping("/api/v1/tenants/{tenant}/diff")
    ResponseEntity<byte[]> diff(TenantCaller caller, Body body, HttpServletRequest request) {
        List<Mutation> wishes = wishes(body);
        return dryRuns.answer(caller, image -> wishes, request);
    }

    private static List<Mutation> wishes(Body body) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode document : body.documents()) {
            if (document.isArray()) document.forEach(all::add);
            else all.add(document);
        }
        List<Mutation> wishes = new ArrayList<>();
        for (Document.Read read : DocumentReader.all(all)) {
            wishes.add(new Mutation.Put(read, Precondition.NONE, "/" + wishes.size()));
        }
        return wishes;
    }

    /** What an answer to many changes has, and the audit record of them. */
    static Described describe(Decision decision, Documents documents) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("revision", decision.after().revision());
        answer.set("resources", DryRuns.results(decision, documents));
        List<String> changed = decision.results().stream()
                .filter(result -> result.effect() != Effect.UNCHANGED)
                .map(result -> result.key().toString())
                .toList();
        return new Described(
                decision,
                new Answer(HttpStatus.OK.value(), Rendering.json(answer)),
                Rendering.json(
                        Rendering.tree(Map.of("revision", decision.after().revision(), "resources", changed))));
    }
}
