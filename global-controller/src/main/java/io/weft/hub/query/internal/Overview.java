package io.weft.hub.query.internal;

import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant at a glance.
 *
 * @param recent the newest revisions of the last day
 * @param changes how many revisions the last day had
 */
public record Overview(
        Look look,
        SortedMap<ClusterName, ClusterView> clusters,
        SortedMap<GnsName, SortedMap<String, GlobalService>> services,
        List<Revision> recent,
        long changes,
        Instant now) {
    public void write(ObjectNode out) {
        TenantImage image = look.image();
        OverviewProblems problems = new OverviewProblems(look, clusters, services, now);
        UnderWay underWay = new UnderWay(look, clusters);
        int gns = image.resources(Kind.GLOBAL_NAMESPACE).size();
        int routes = image.resources(Kind.TRAFFIC_ROUTE).size();
        phases(out.putObject("clusters").put("total", clusters.size()));
        out.putObject("globalNamespaces")
                .put("total", gns)
                .put("withProblems", problems.globalNamespaces().size());
        out.putObject("services")
                .put(
                        "total",
                        clusters.values().stream()
                                .mapToInt(view -> view.inventory().count(ReportKind.REPORT_KIND_SERVICE))
                                .sum())
                .put("global", services.values().stream().mapToInt(Map::size).sum());
        out.putObject("routes").put("total", routes);
        out.putObject("changes")
                .put("last24h", changes)
                .put("notLive", recent.stream().filter(underWay::contains).count());
        problems.write(out.putArray("problems"));
        out.putObject("start")
                .put(
                        "clusterJoined",
                        clusters.values().stream()
                                .anyMatch(view -> view.joining().joined()))
                .put("globalNamespaceCreated", gns > 0)
                .put("routeCreated", routes > 0);
    }

    private void phases(ObjectNode out) {
        Map<ClusterPhase, Integer> counts = new TreeMap<>();
        clusters.values().forEach(view -> counts.merge(view.phase().phase(), 1, Integer::sum));
        ObjectNode phases = out.putObject("byPhase");
        counts.forEach((phase, count) -> phases.put(phase.wireName(), count));
    }
}
