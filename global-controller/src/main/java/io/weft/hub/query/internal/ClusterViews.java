package io.weft.hub.query.internal;

import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.ClusterJoining.Joining;
import io.weft.hub.delivery.AgentSessions;
import io.weft.hub.delivery.AgentSessions.Seen;
import io.weft.hub.delivery.ClusterProgress;
import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.inventory.InventorySummary;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings together what the modules know of clusters. */
public final class ClusterViews {
    private final AgentSessions sessions;
    private final ClusterJoining joining;
    private final InventorySummary inventory;

    public ClusterViews(AgentSessions sessions, ClusterJoining joining, InventorySummary inventory) {
        this.sessions = sessions;
        this.joining = joining;
        this.inventory = inventory;
    }

    /** Of every declared cluster. */
    public SortedMap<ClusterName, ClusterView> of(Look look) {
        TenantImage image = look.image();
        TenantId tenant = image.tenant();
        Map<ClusterName, Seen> seen = sessions.of(tenant);
        Map<ClusterName, Joining> joined = joining.of(tenant);
        Map<ClusterName, InventorySummary.OfCluster> reported = inventory.of(tenant);
        SortedMap<ClusterName, ClusterView> all = new TreeMap<>();
        for (Resource resource : image.resources(Kind.CLUSTER).values()) {
            if (!(resource instanceof Resource.Cluster cluster)) continue;
            ClusterName name = new ClusterName(cluster.key().name());
            Joining how = joined.getOrDefault(name, Joining.NONE);
            all.put(
                    name,
                    new ClusterView(
                            cluster,
                            how,
                            ofThisLife(seen.get(name), how),
                            reported.getOrDefault(name, InventorySummary.OfCluster.NONE),
                            look.progress().getOrDefault(name, ClusterProgress.NONE),
                            look.compiled().get(name),
                            image.judgement(name),
                            image.facts(name).capabilities()));
        }
        return all;
    }

    /** Sessions of a cluster that was deleted since are not those of the one that has its name now. */
    private static @Nullable Seen ofThisLife(@Nullable Seen seen, Joining how) {
        Instant since = how.enrolledAt();
        boolean earlier = seen != null
                && !seen.connected()
                && since != null
                && seen.seen().isBefore(since);
        return earlier ? null : seen;
    }
}
