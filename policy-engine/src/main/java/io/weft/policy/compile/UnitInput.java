package io.weft.policy.compile;

import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.GatewayName;
import io.weft.policy.model.ClusterName;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * All that may influence what one cluster has for one global service.
 *
 * @param view null when this cluster does not see the service: not a member, not released, or deleted
 * @param network of this cluster; empty: unknown, so its gateway cannot be confined to it
 * @param kept names that this cluster would no longer answer by itself, but that others may still call
 * @param place where the back ends of kept names are; null: unknown, or nothing is kept
 */
record UnitInput(
        ClusterName cluster,
        String host,
        @Nullable ServiceView view,
        GatewayFact gateway,
        String network,
        String trustDomain,
        SortedSet<GatewayName> kept,
        @Nullable Place place) {

    record Place(String namespace, ServiceFact fact) {}

    boolean answers() {
        return !gateway.selector().isEmpty() && !network.isEmpty();
    }

    /** The back ends of this cluster, if they are served. */
    @Nullable
    Site own() {
        return view == null ? null : view.sites().get(cluster);
    }
}
