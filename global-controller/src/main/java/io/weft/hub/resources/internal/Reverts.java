package io.weft.hub.resources.internal;

import io.weft.hub.platform.web.Problem;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.resources.RevisionLog.Change;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;
import io.weft.policy.validate.ResourceReader;
import io.weft.policy.validate.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What puts back what was before a revision. */
public final class Reverts {
    private Reverts() {}

    /**
     * Throws 409 with every key that was changed since, 422 when the revision changed no resource.
     *
     * @param force takes back what came after it too
     */
    public static List<Mutation> wishes(TenantImage image, Revision revision, boolean force) {
        if (revision.changes().isEmpty()) {
            throw ProblemException.unprocessable(List.of(new Violation(
                    "", Long.toString(revision.revision()), "changed no resource", "a revision that did")));
        }
        if (!force) refuseWhatMoved(image, revision);
        List<Mutation> wishes = new ArrayList<>();
        for (Change change : revision.changes()) {
            ResourceKey key = ResourceKey.parse(change.key());
            JsonNode before = change.before();
            if (before != null) wishes.add(new Mutation.Put(read(key, before), Precondition.NONE, "/" + change.key()));
            else if (image.resource(key).isPresent()) wishes.add(new Mutation.Delete(key, Precondition.NONE));
        }
        return wishes;
    }

    private static void refuseWhatMoved(TenantImage image, Revision revision) {
        List<Violation> moved = new ArrayList<>();
        for (Change change : revision.changes()) {
            Optional<Resource> now = image.resource(ResourceKey.parse(change.key()));
            boolean same = change.after() == null
                    ? now.isEmpty()
                    : now.isPresent() && now.get().metadata().revision() == revision.revision();
            if (same) continue;
            String how = now.map(resource ->
                            "was changed by revision " + resource.metadata().revision())
                    .orElse("was deleted since");
            String value = JsonNodeFactory.instance.stringNode(change.key()).toString();
            moved.add(new Violation("", value, how, "as revision " + revision.revision() + " left it, or force=true"));
        }
        if (moved.isEmpty()) return;
        throw new ProblemException(
                Problem.of(HttpStatus.CONFLICT, "Some of it was changed since; nothing was put back.", moved));
    }

    private static Document.Read read(ResourceKey key, JsonNode before) {
        return switch (ResourceReader.read(key, before)) {
            case Document.Read read -> read;
            case Document.Refused refused -> throw ProblemException.unprocessable(refused.violations());
        };
    }
}
