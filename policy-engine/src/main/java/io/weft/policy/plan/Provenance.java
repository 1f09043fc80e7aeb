package io.weft.policy.plan;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * Why an object is there.
 *
 * @param globalNamespace null when it was deleted and the object is only kept because others may still call
 * @param resource the most specific resource; null as above
 * @param revision the revision that last changed that resource; 0: no matter
 */
public record Provenance(
        @Nullable GnsName globalNamespace, @Nullable ResourceKey resource, long revision) {
    public static final Provenance KEPT = new Provenance(null, null, 0);

    /** Of what a cluster has once, whatever is declared. */
    public static Provenance of(ClusterName cluster) {
        return new Provenance(null, ResourceKey.cluster(cluster.value()), 0);
    }

    public static Provenance of(GnsName globalNamespace, Resource resource) {
        return new Provenance(
                globalNamespace, resource.key(), resource.metadata().revision());
    }
}
