package io.weft.hub.resources;

import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import tools.jackson.databind.node.ObjectNode;

/** What became of resources in the clusters. Provided by a module that sees delivery. */
@FunctionalInterface
public interface ResourceStatus {
    /** Looks at the clusters once. */
    View view(TenantImage image);

    /** The clusters at one moment. */
    interface View {
        /** Adds to the conditions of a status what holds over all clusters. */
        void addConditions(ObjectNode status, Resource resource);

        /** Adds each cluster's state to a status. */
        void addClusters(ObjectNode status, Resource resource);
    }
}
