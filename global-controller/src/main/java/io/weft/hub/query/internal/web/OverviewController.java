package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.ClusterView;
import io.weft.hub.query.internal.ClusterViews;
import io.weft.hub.query.internal.Onboarding;
import io.weft.hub.query.internal.Overview;
import io.weft.hub.query.internal.ServiceCatalogue;
import io.weft.hub.query.internal.UnderWay;
import io.weft.hub.resources.RevisionLog;
import io.weft.hub.resources.RevisionLog.Filter;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.policy.model.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tenant at a glance, and a cluster's way in. */
@RestController
class OverviewController {
    private final DeliveryStatus delivery;
    private final ClusterViews views;
    private final ServiceCatalogue catalogue;
    private final RevisionLog revisions;
    private final InstantSource clock;

    OverviewController(
            DeliveryStatus delivery,
            ClusterViews views,
            ServiceCatalogue catalogue,
            RevisionLog revisions,
            InstantSource clock) {
        this.delivery = delivery;
        this.views = views;
        this.catalogue = catalogue;
        this.revisions = revisions;
        this.clock = clock;
    }

    @GetMapping("/api/v1/tenants/{tenant}/clusters/{name}/onboarding")
    ObjectNode onboarding(TenantCaller caller, @PathVariable String name) {
        caller.require(Permission.READ);
        ClusterView view = views.of(delivery.look(caller.tenant())).get(cluster(name));
        if (view == null) throw ProblemException.notFound();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        new Onboarding(view, clock.instant()).write(answer);
        return answer;
    }

    @GetMapping("/api/v1/tenants/{tenant}/overview")
    ObjectNode overview(TenantCaller caller) {
        caller.require(Permission.READ);
        Instant now = clock.instant();
        Look look = delivery.look(caller.tenant());
        Filter lastDay = new Filter("", "", now.minus(Duration.ofDays(1)));
        List<Revision> recent = revisions.revisions(caller, lastDay, Long.MAX_VALUE, UnderWay.MOST);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        new Overview(look, views.of(look), catalogue.of(look.image()), recent, revisions.count(caller, lastDay), now)
                .write(answer);
        return answer;
    }

    private static ClusterName cluster(String name) {
        try {
            return new ClusterName(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(e);
        }
    }
}
