package io.weft.hub.resources;

import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import tools.jackson.databind.node.ObjectNode;

/** What became of a resource: the {@code status} of its document. Provided by a module that sees delivery. */
@FunctionalInterface
public interface ResourceStatus {
    ObjectNode of(TenantImage image, Resource resource);
}
