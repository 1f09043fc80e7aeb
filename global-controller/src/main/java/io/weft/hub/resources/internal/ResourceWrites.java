package io.weft.hub.resources.internal;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.log.Attachment;
import io.weft.hub.platform.log.Attachment.IdempotencyKey;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.platform.web.Problem;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.world.Decided;
import io.weft.hub.world.Replicas;
import io.weft.policy.image.Hash;
import io.weft.policy.image.TenantImage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Commits what was decided, with its audit record, and the answer under its idempotency key. */
public final class ResourceWrites {
    /** @param body JSON */
    public record Answer(int status, String body) {}

    /** @param hash of everything that makes the request what it is */
    public record Once(String key, Hash hash) {}

    /** @param answer what to answer if it is committed */
    public record Described(Decision decision, Answer answer, String auditDetail) {}

    private final Replicas replicas;
    private final LogStore logs;
    private final InstantSource clock;

    public ResourceWrites(Replicas replicas, LogStore logs, InstantSource clock) {
        this.replicas = replicas;
        this.logs = logs;
        this.clock = clock;
    }

    /** What would be; nothing is stored. */
    public Decision dryRun(TenantCaller caller, Function<TenantImage, List<Mutation>> wishes) {
        caller.require(Permission.WRITE);
        TenantImage image = replicas.of(caller.tenant()).image();
        return Decider.decide(image, wishes.apply(image), caller.subject(), clock.instant());
    }

    /** @param once null: a repeated request is another request */
    public Answer write(
            TenantCaller caller,
            List<Mutation> wishes,
            String action,
            String target,
            @Nullable Once once,
            Function<Decision, Described> describe) {
        return write(caller, image -> wishes, action, target, once, describe);
    }

    /** As above, of wishes that depend on what is there: they are asked for with each image that is decided on. */
    public Answer write(
            TenantCaller caller,
            Function<TenantImage, List<Mutation>> wishes,
            String action,
            String target,
            @Nullable Once once,
            Function<Decision, Described> describe) {
        caller.require(Permission.WRITE);
        Optional<IdempotencyKey> first = once == null ? Optional.empty() : logs.remembered(caller.tenant(), once.key());
        if (first.isPresent() && once != null) return repeated(first.get(), once);
        Decided<Answer> decided = replicas.of(caller.tenant()).propose(image -> {
            Described described =
                    describe.apply(Decider.decide(image, wishes.apply(image), caller.subject(), clock.instant()));
            return new io.weft.hub.world.Decision<>(
                    proposal(image, described, caller, action, target, once), described.answer());
        });
        return switch (decided.outcome()) {
            case Outcome.Committed committed -> decided.answer();
            case Outcome.Repeated again when once != null -> repeated(again.first(), once);
            case Outcome.Frozen frozen ->
                throw new ProblemException(
                        Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The tenant is frozen: its history is in doubt (expected: a person releases it)."),
                        Map.of(HttpHeaders.RETRY_AFTER, "60"));
            case Outcome.Failed failed -> throw failed.cause();
            case Outcome.Stale stale -> throw new IllegalStateException("decided on an old image");
            case Outcome.Fenced fenced -> throw new IllegalStateException("fenced without a session");
            case Outcome.Repeated again -> throw new IllegalStateException("repeated without a key");
        };
    }

    private static Proposal proposal(
            TenantImage image,
            Described described,
            TenantCaller caller,
            String action,
            String target,
            @Nullable Once once) {
        List<Attachment> attachments = new ArrayList<>();
        attachments.add(caller.event(action, target, described.auditDetail()));
        Answer answer = described.answer();
        if (once != null) {
            attachments.add(new IdempotencyKey(once.key(), once.hash(), answer.status(), answer.body()));
        }
        return new Proposal(
                described.decision().entries(), image.position(), OptionalLong.of(image.revision()), attachments);
    }

    private static Answer repeated(IdempotencyKey first, Once once) {
        if (!first.request().equals(once.hash())) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "Idempotency-Key: used before for another request (expected: a key of its own for each)");
        }
        return new Answer(first.status(), first.answer());
    }
}
