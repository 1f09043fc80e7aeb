package io.weft.hub.resources.internal.web;

import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.resources.Documents;
import io.weft.hub.resources.RevisionLog;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.hub.resources.internal.Mutation;
import io.weft.hub.resources.internal.ResourceWrites;
import io.weft.hub.resources.internal.ResourceWrites.Answer;
import io.weft.hub.resources.internal.Reverts;
import io.weft.policy.image.TenantImage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes a revision back, in one new revision. */
@RestController
class RevertController {
    private final ResourceWrites writes;
    private final Documents documents;
    private final RevisionLog revisions;
    private final DryRuns dryRuns;

    RevertController(ResourceWrites writes, Documents documents, RevisionLog revisions, DryRuns dryRuns) {
        this.writes = writes;
        this.documents = documents;
        this.revisions = revisions;
        this.dryRuns = dryRuns;
    }

    @PostMapping("/api/v1/tenants/{tenant}/revisions/{number}/revert")
    ResponseEntity<byte[]> revert(
            TenantCaller caller,
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String dryRun,
            @RequestParam(required = false) @Nullable String force,
            HttpServletRequest request) {
        boolean dry = PageRequest.truth("dryRun", dryRun);
        boolean forced = PageRequest.truth("force", force);
        Revision revision = revisions
                .revision(caller, PageRequest.number("revision", number))
                .orElseThrow(ProblemException::notFound);
        Function<TenantImage, List<Mutation>> wishes = image -> Reverts.wishes(image, revision, forced);
        if (dry) return dryRuns.answer(caller, wishes, request);
        Answer answer = writes.write(
                caller,
                wishes,
                "revert",
                "revisions/" + number,
                Idempotency.of(request, caller, null),
                decision -> ApplyController.describe(decision, documents));
        return Rendering.answer(ResponseEntity.status(answer.status()), request, answer.body());
    }
}
