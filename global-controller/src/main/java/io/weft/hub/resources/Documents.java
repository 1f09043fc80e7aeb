package io.weft.hub.resources;

import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import tools.jackson.databind.node.ObjectNode;

/** Resources as people see them: {@code {apiVersion, kind, metadata, spec, status}}. */
public interface Documents {
    /** What a write answers: its status tells only what is known without looking at any cluster. */
    ObjectNode written(TenantImage image, Resource resource);

    /** For one request: looks at the clusters once. */
    View view(TenantImage image);

    /** Documents at one moment. */
    interface View {
        /** With each cluster's state. */
        ObjectNode whole(Resource resource);

        /** With conditions over all clusters. */
        ObjectNode listed(Resource resource);
    }
}
