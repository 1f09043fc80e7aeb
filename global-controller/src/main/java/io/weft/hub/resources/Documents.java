package io.weft.hub.resources;

import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import tools.jackson.databind.node.ObjectNode;

/** Resources as people see them: {@code {apiVersion, kind, metadata, spec, status}}. */
@FunctionalInterface
public interface Documents {
    ObjectNode document(TenantImage image, Resource resource);
}
