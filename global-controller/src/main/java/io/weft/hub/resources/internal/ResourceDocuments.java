package io.weft.hub.resources.internal;

import io.weft.hub.resources.Documents;
import io.weft.hub.resources.ResourceStatus;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import io.weft.policy.validate.ResourceWriter;
import tools.jackson.databind.node.ObjectNode;

/** What was declared, and what became of it. */
final class ResourceDocuments implements Documents {
    private final ResourceStatus status;

    ResourceDocuments(ResourceStatus status) {
        this.status = status;
    }

    @Override
    public ObjectNode written(TenantImage image, Resource resource) {
        ObjectNode document = ResourceWriter.write(resource);
        document.set("status", BasicStatus.of(image, resource));
        return document;
    }

    @Override
    public View view(TenantImage image) {
        ResourceStatus.View clusters = status.view(image);
        return new View() {
            @Override
            public ObjectNode whole(Resource resource) {
                ObjectNode document = listed(resource);
                clusters.addClusters((ObjectNode) document.get("status"), resource);
                return document;
            }

            @Override
            public ObjectNode listed(Resource resource) {
                ObjectNode document = written(image, resource);
                clusters.addConditions((ObjectNode) document.get("status"), resource);
                return document;
            }
        };
    }
}
