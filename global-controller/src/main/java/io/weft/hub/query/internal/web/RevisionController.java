package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.delivery.DeliveryStatus.OfCluster;
import io.weft.hub.delivery.DeliveryStatus.State;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.ClusterStatus;
import io.weft.hub.query.internal.ClusterViews;
import io.weft.hub.query.internal.UnderWay;
import io.weft.hub.resources.RevisionLog;
import io.weft.hub.resources.RevisionLog.Change;
import io.weft.hub.resources.RevisionLog.Filter;
import io.weft.hub.resources.RevisionLog.Revision;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was changed, and what became of it. */
@RestController
class RevisionController {
    private static final String REVISIONS = "/api/v1/tenants/{tenant}/revisions";

    private final DeliveryStatus delivery;
    private final RevisionLog revisions;
    private final ClusterViews views;

    RevisionController(DeliveryStatus delivery, RevisionLog revisions, ClusterViews views) {
        this.delivery = delivery;
        this.revisions = revisions;
        this.views = views;
    }

    @GetMapping(REVISIONS)
    ObjectNode list(
            TenantCaller caller,
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String underWay,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "continue", required = false) @Nullable String before) {
        caller.require(Permission.READ);
        int most = PageRequest.limit(limit);
        long last = before == null ? Long.MAX_VALUE : PageRequest.number("continue", before);
        Filter filter = new Filter(
                resource == null ? "" : resource,
                q == null ? "" : q,
                since == null ? Instant.EPOCH : PageRequest.moment("since", since));
        Look look = delivery.look(caller.tenant());
        List<Revision> found;
        long total;
        if (PageRequest.truth("underWay", underWay)) {
            UnderWay pending = new UnderWay(look, views.of(look));
            List<Revision> all = revisions.revisions(caller, filter, Long.MAX_VALUE, UnderWay.MOST).stream()
                    .filter(pending::contains)
                    .toList();
            total = all.size();
            found = all.stream().filter(each -> each.revision() < last).toList();
        } else {
            total = revisions.count(caller, filter);
            found = revisions.revisions(caller, filter, last, most + 1);
        }
        List<Revision> items = found.subList(0, Math.min(most, found.size()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode out = answer.putArray("items");
        items.forEach(
                each -> write(out.addObject(), each, look.of(each.position()).values()));
        answer.put("total", total);
        if (found.size() > most)
            answer.put("continue", Long.toString(items.getLast().revision()));
        return answer;
    }

    @GetMapping(REVISIONS + "/{number}")
    ObjectNode revision(TenantCaller caller, @PathVariable String number) {
        caller.require(Permission.READ);
        Revision revision = revisions
                .revision(caller, PageRequest.number("revision", number))
                .orElseThrow(ProblemException::notFound);
        Collection<OfCluster> clusters =
                delivery.of(caller.tenant(), revision.position()).values();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        write(answer, revision, clusters);
        ClusterStatus.write(answer.putArray("clusters"), clusters);
        return answer;
    }

    private static void write(ObjectNode out, Revision revision, Collection<OfCluster> clusters) {
        out.put("revision", revision.revision());
        out.put("position", revision.position());
        out.put("at", revision.at().toString());
        out.put("by", revision.by());
        ArrayNode resources = out.putArray("resources");
        revision.resources().forEach(resources::add);
        ArrayNode changes = out.putArray("changes");
        revision.changes().forEach(change -> write(changes.addObject(), change));
        out.put("state", least(clusters).name().toLowerCase(Locale.ROOT));
        out.putObject("clusterCounts")
                .put("total", clusters.size())
                .put("applied", count(clusters, State.APPLIED) + count(clusters, State.LIVE))
                .put("live", count(clusters, State.LIVE))
                .put("refused", count(clusters, State.REFUSED));
    }

    private static void write(ObjectNode out, Change change) {
        out.put("key", change.key());
        out.put("effect", change.effect().name().toLowerCase(Locale.ROOT));
        if (change.before() != null) out.set("before", change.before());
        if (change.after() != null) out.set("after", change.after());
    }

    private static long count(Collection<OfCluster> clusters, State state) {
        return clusters.stream().filter(c -> c.state() == state).count();
    }

    /** Refused anywhere is refused; else as far as the last cluster is. */
    private static State least(Collection<OfCluster> clusters) {
        if (clusters.stream().anyMatch(c -> c.state() == State.REFUSED)) return State.REFUSED;
        return clusters.stream()
                .map(OfCluster::state)
                .min(Comparator.naturalOrder())
                .orElse(State.RELEASED);
    }
}
