package io.weft.hub.resources.internal;

import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;

/** One wish of a caller. */
public sealed interface Mutation {
    ResourceKey key();

    Precondition precondition();

    record Put(Document.Read document, Precondition precondition) implements Mutation {
        @Override
        public ResourceKey key() {
            return document.key();
        }
    }

    record Delete(ResourceKey key, Precondition precondition) implements Mutation {}
}
