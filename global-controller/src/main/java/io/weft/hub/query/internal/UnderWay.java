package io.weft.hub.query.internal;

import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.hub.delivery.DeliveryStatus.OfCluster;
import io.weft.hub.resources.RevisionLog.Revision;
import io.weft.policy.model.ClusterName;
import java.util.SortedMap;

/** Which changes are not live everywhere yet. */
public record UnderWay(Look look, SortedMap<ClusterName, ClusterView> clusters) {
    /** How many of the newest are looked at. */
    public static final int MOST = 1_000;

    /** Whether a connected cluster does not have it yet; one that cannot tell what is live has it when it is applied. */
    public boolean contains(Revision revision) {
        return look.of(revision.position()).values().stream()
                .filter(OfCluster::connected)
                .anyMatch(each -> switch (each.state()) {
                    case ACCEPTED, RELEASED, SENT, REFUSED -> true;
                    case APPLIED -> tellsLive(each.cluster());
                    case LIVE -> false;
                });
    }

    private boolean tellsLive(ClusterName cluster) {
        ClusterView view = clusters.get(cluster);
        return view != null
                && view.seen() != null
                && view.seen().agent().capabilities().contains("live");
    }
}
