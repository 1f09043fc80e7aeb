package io.weft.policy.validate;

import io.weft.policy.model.ResourceKey;

/**
 * What speaks against a change that reads well by itself.
 *
 * @param key the resource that was to be put or deleted
 * @param conflict whether it collides with what somebody else declared (HTTP 409) rather than makes no sense (422)
 * @param violation its pointer is into the document of {@code key}
 */
public record Objection(ResourceKey key, boolean conflict, Violation violation) {}
