package io.weft.policy.compile;

import io.weft.policy.kind.trafficroute.VersionPreference;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.Provenance;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One global service, as all clusters see it that are released to one revision: what the units of these clusters share.
 *
 * @param address its virtual address; null: none yet, so it is not rendered
 * @param sites by cluster, those that are served
 * @param ports the same in all sites; targets are each site's own
 * @param callers clusters that are members under any revision that is released to anybody
 * @param both versions with a preferred cluster in any route that is released to anybody
 * @param route null: none
 * @param identities by trust domain
 * @param findings by cluster concerned
 */
record ServiceView(
        GnsView gns,
        String service,
        String host,
        @Nullable String address,
        SortedMap<ClusterName, Site> sites,
        List<GlobalPort> ports,
        SortedSet<ClusterName> callers,
        SortedSet<VersionPreference> both,
        Resource.@Nullable TrafficRoute route,
        SortedMap<String, SortedSet<String>> identities,
        SortedMap<ClusterName, List<Finding>> findings) {

    Provenance provenance() {
        return Provenance.of(gns.name(), gns.resource());
    }

    Provenance routeProvenance() {
        return route == null ? provenance() : Provenance.of(gns.name(), route);
    }
}
