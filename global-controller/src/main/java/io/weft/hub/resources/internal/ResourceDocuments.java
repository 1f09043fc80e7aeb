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
    public ObjectNode document(TenantImage image, Resource resource) {
        ObjectNode document = ResourceWriter.write(resource);
        document.set("status", status.of(image, resource));
        return document;
    }
}
