package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.delivery.ClusterProgress;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.Judgement;
import io.weft.policy.model.ClusterName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one cluster should have and has. */
@RestController
class StatusController {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TENANT = "/api/v1/tenants/{tenant}";

    private final DeliveryStatus delivery;

    StatusController(DeliveryStatus delivery) {
        this.delivery = delivery;
    }

    @GetMapping(TENANT + "/clusters/{name}/bundle")
    ObjectNode bundle(TenantCaller caller, @PathVariable String name) {
        caller.require(Permission.READ);
        ClusterName cluster = cluster(name);
        Look look = delivery.look(caller.tenant());
        CompiledCluster compiled = compiled(look, cluster);
        ClusterProgress progress = look.progress().getOrDefault(cluster, ClusterProgress.NONE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("cluster", name);
        answer.put("version", compiled.bundle().version().hex());
        answer.put("position", compiled.position());
        answer.put("incarnation", compiled.incarnation());
        answer.put("objects", compiled.bundle().size());
        answer.put("connected", progress.connected());
        // One that never connected is not connected since anything.
        if (progress.since().isAfter(Instant.EPOCH)) {
            answer.put("since", progress.since().toString());
        }
        Judgement judgement = look.image().judgement(cluster);
        answer.put("liveness", judgement.liveness().name().toLowerCase(Locale.ROOT));
        if (!judgement.livenessReason().isEmpty()) answer.put("livenessReason", judgement.livenessReason());
        mark(answer, "sent", progress.sent());
        mark(answer, "applied", progress.applied());
        mark(answer, "live", progress.live());
        if (!progress.liveReason().isEmpty()) answer.put("liveReason", progress.liveReason());
        ObjectNode refusals = answer.putObject("refusals");
        progress.refusals().forEach(refusals::put);
        ObjectNode drift = answer.putObject("drift");
        progress.drift().forEach(drift::put);
        ArrayNode answers = answer.putArray("answers");
        look.image().acknowledged(cluster).answers().forEach(each -> answers.add(each.toString()));
        ArrayNode calls = answer.putArray("calls");
        look.image().acknowledged(cluster).calls().forEach(each -> calls.add(each.toString()));
        findings(answer.putArray("findings"), look, compiled.findings());
        return answer;
    }

    /** The objects as the agent gets them; their annotations tell which resource each is there for. */
    @GetMapping(TENANT + "/clusters/{name}/objects")
    ObjectNode objects(
            TenantCaller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String after) {
        caller.require(Permission.READ);
        int most = PageRequest.limit(limit);
        CompiledCluster compiled = compiled(delivery.look(caller.tenant()), cluster(name));
        List<BundleObject> objects = compiled.bundle().objects().stream()
                .sorted(Comparator.comparing(BundleObject::key))
                .filter(object -> after == null || object.key().toString().compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("version", compiled.bundle().version().hex());
        ArrayNode items = answer.putArray("items");
        for (BundleObject object : objects.subList(0, Math.min(most, objects.size()))) {
            items.addObject()
                    .put("key", object.key().toString())
                    .put("layer", object.layer().name().toLowerCase(Locale.ROOT))
                    .put("rank", object.rank())
                    .put("hash", object.hash().hex())
                    .set("object", JSON.readTree(object.canonical()));
        }
        if (objects.size() > most) {
            answer.put("continue", objects.get(most - 1).key().toString());
        }
        return answer;
    }

    private static CompiledCluster compiled(Look look, ClusterName cluster) {
        CompiledCluster compiled = look.compiled().get(cluster);
        if (compiled == null) throw ProblemException.notFound();
        return compiled;
    }

    private static void mark(ObjectNode out, String name, ClusterProgress.Mark mark) {
        if (mark.version().isNone()) return;
        out.putObject(name)
                .put("version", mark.version().hex())
                .put("position", mark.place().position());
    }

    private static void findings(ArrayNode out, Look look, List<Finding> findings) {
        for (Finding finding : findings) {
            out.addObject()
                    .put("type", finding.type())
                    .put("resource", finding.resource().toString())
                    .put("reason", finding.reason())
                    .put("message", look.message(finding));
        }
    }

    private static ClusterName cluster(String name) {
        try {
            return new ClusterName(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
    }
}
