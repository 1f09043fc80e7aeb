package io.weft.hub.clusters;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;

/** Whether there is a Cluster resource of that name. Provided by a module that sees resources. */
@FunctionalInterface
public interface DeclaredClusters {
    boolean contains(TenantId tenant, ClusterName cluster);
}
