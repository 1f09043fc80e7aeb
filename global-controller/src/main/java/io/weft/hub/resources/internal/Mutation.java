package io.weft.hub.resources.internal;

import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;

/** One wish of a caller. */
public sealed interface Mutation {
    ResourceKey key();

    Precondition precondition();

    /** @param resource as read from the document; its metadata has only what a caller may set */
    record Put(Resource resource, Precondition precondition) implements Mutation {
        @Override
        public ResourceKey key() {
            return resource.key();
        }
    }

    record Delete(ResourceKey key, Precondition precondition) implements Mutation {}
}
