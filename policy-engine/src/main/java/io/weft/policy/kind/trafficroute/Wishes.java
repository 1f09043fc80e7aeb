package io.weft.policy.kind.trafficroute;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a route names in its splits, weights of 0 included: a weight that grows later finds everything in place.
 *
 * @param versions without a cluster
 * @param clusters without a version
 * @param both a version with a cluster
 */
public record Wishes(SortedSet<String> versions, SortedSet<ClusterName> clusters, SortedSet<VersionPreference> both) {

    public static Wishes of(@Nullable TrafficRouteSpec spec) {
        Wishes wishes = new Wishes(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        if (spec != null) {
            for (Rule rule : spec.rules()) rule.split().forEach(wishes::add);
        }
        return wishes;
    }

    private void add(Destination destination) {
        String version = destination.version();
        ClusterName cluster = destination.cluster();
        if (version != null && cluster != null) {
            both.add(new VersionPreference(version, cluster));
        } else if (version != null) {
            versions.add(version);
        } else if (cluster != null) {
            clusters.add(cluster);
        }
    }
}
