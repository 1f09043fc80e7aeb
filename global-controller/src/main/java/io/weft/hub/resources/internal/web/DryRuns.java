package io.weft.hub.resources.internal.web;

import io.weft.hub.access.TenantCaller;
import io.weft.hub.resources.Documents;
import io.weft.hub.resources.internal.ClusterDiff;
import io.weft.hub.resources.internal.ClusterDiff.ObjectDiff;
import io.weft.hub.resources.internal.Decision;
import io.weft.hub.resources.internal.Decision.Result;
import io.weft.hub.resources.internal.Mutation;
import io.weft.hub.resources.internal.ResourceWrites;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers what a change would do; nothing is stored. */
@Component
class DryRuns {
    private final ResourceWrites writes;
    private final Documents documents;

    DryRuns(ResourceWrites writes, Documents documents) {
        this.writes = writes;
        this.documents = documents;
    }

    ResponseEntity<byte[]> answer(
            TenantCaller caller, Function<TenantImage, List<Mutation>> wishes, HttpServletRequest request) {
        return Rendering.answer(ResponseEntity.ok(), request, document(writes.dryRun(caller, wishes)));
    }

    ObjectNode document(Decision decision) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("dryRun", true);
        answer.put("position", decision.before().position());
        answer.put("revision", decision.before().revision());
        answer.set("resources", results(decision, documents));
        ArrayNode clusters = answer.putArray("clusters");
        ClusterDiff.between(decision.before(), decision.after()).forEach(diff -> describe(clusters.addObject(), diff));
        return answer;
    }

    private static void describe(ObjectNode out, ClusterDiff diff) {
        out.put("cluster", diff.cluster().value());
        ArrayNode objects = out.putArray("objects");
        for (ObjectDiff object : diff.objects()) {
            BundleObject before = object.before();
            BundleObject after = object.after();
            ObjectNode each = objects.addObject();
            each.put("change", before == null ? "added" : after == null ? "removed" : "changed");
            if (before != null) each.put("object", before.key().toString());
            else if (after != null) each.put("object", after.key().toString());
            if (before != null) each.set("before", Rendering.read(before.canonical()));
            if (after != null) each.set("after", Rendering.read(after.canonical()));
        }
        ArrayNode findings = out.putArray("findings");
        for (Finding finding : diff.findings()) {
            findings.addObject()
                    .put("type", finding.type())
                    .put("resource", finding.resource().toString())
                    .put("reason", finding.reason())
                    .put("message", finding.message());
        }
    }

    static ArrayNode results(Decision decision, Documents documents) {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        for (Result result : decision.results()) {
            ObjectNode each = results.addObject();
            each.put("key", result.key().toString());
            each.put("effect", result.effect().name().toLowerCase(Locale.ROOT));
            Resource resource = result.resource();
            if (resource != null) each.set("resource", documents.written(decision.after(), resource));
        }
        return results;
    }
}
