package io.weft.hub.resources.internal;

import io.weft.policy.model.ResourceKey;
import io.weft.policy.validate.Document;

/** One wish of a caller. */
public sealed interface Mutation {
    ResourceKey key();

    Precondition precondition();

    /** Where its document is in what was sent, before every pointer of a violation: {@code /3}, or empty. */
    String at();

    record Put(Document.Read document, Precondition precondition, String at) implements Mutation {
        @Override
        public ResourceKey key() {
            return document.key();
        }
    }

    record Delete(ResourceKey key, Precondition precondition) implements Mutation {
        @Override
        public String at() {
            return "";
        }
    }
}
