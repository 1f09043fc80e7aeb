package io.weft.hub.resources.internal;

import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the image alone knows: that a resource was accepted, and whether every cluster is released to it. */
final class BasicStatus {
    private BasicStatus() {}

    static ObjectNode of(TenantImage image, Resource resource) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("observedGeneration", resource.metadata().generation());
        ArrayNode conditions = status.putArray("conditions");
        String time = resource.metadata().updatedAt().toString();
        condition(conditions, "Accepted", true, "Valid", "The resource is valid and stored.", time);
        boolean released = image.leastReleased(resource.key().scope())
                >= resource.metadata().revision();
        condition(
                conditions,
                "Released",
                released,
                released ? "EveryCluster" : "SomeClustersWait",
                released
                        ? "Every cluster is released to this version."
                        : "Some clusters are not released to this version yet.",
                time);
        return status;
    }

    private static void condition(
            ArrayNode conditions, String type, boolean holds, String reason, String message, String time) {
        conditions
                .addObject()
                .put("type", type)
                .put("status", holds ? "True" : "False")
                .put("reason", reason)
                .put("message", message)
                .put("time", time);
    }
}
