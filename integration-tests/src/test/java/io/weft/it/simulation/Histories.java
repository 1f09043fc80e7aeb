package io.weft.it.simulation;

import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Compares the images of all replicas by position; the image that is read from the tables is one of them. */
final class Histories {
    private static final ServiceId PERMANENT = new ServiceId(SimulatedCluster.NAMESPACE, SimulatedCluster.PERMANENT);

    private final List<ClusterName> clusters;
    private final NavigableMap<Long, TenantImage> images = new TreeMap<>();

    /** Where in the log each cluster's permanent service was known first. */
    private final Map<ClusterName, Long> known = new TreeMap<>();

    Histories(List<ClusterName> clusters) {
        this.clusters = clusters;
    }

    /** A replica's image, at whatever position it stands. */
    void saw(String replica, TenantImage image) {
        TenantImage first = images.putIfAbsent(image.position(), image);
        if (first != null && !first.equals(image)) {
            throw new BrokenInvariant(Invariant.REPLICAS_EQUAL, replica + " differs at position " + image.position());
        }
        if (first == null) clusters.forEach(cluster -> stays(cluster, image));
    }

    /** What is always there is never gone from the facts, once they have it. */
    private void stays(ClusterName cluster, TenantImage image) {
        ServiceFact fact = image.facts(cluster).services().get(PERMANENT);
        if (fact != null && !fact.gone() && fact.versions().containsKey("v1")) {
            known.merge(cluster, image.position(), Math::min);
        } else if (image.position() > known.getOrDefault(cluster, Long.MAX_VALUE)) {
            throw new BrokenInvariant(
                    Invariant.FACTS_ARE_TRUE,
                    "the facts lost " + PERMANENT + " of " + cluster + " at position " + image.position() + ": "
                            + fact);
        }
    }

    /** The newest image that any replica had. */
    TenantImage newest() {
        return images.lastEntry().getValue();
    }
}
