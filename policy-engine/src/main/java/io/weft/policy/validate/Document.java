package io.weft.policy.validate;

import io.weft.policy.model.ResourceKey;
import java.util.List;
import java.util.SortedMap;

/** What became of a document. */
public sealed interface Document {
    /**
     * A document that can be decided upon.
     *
     * @param spec a ClusterSpec, GlobalNamespaceSpec or TrafficRouteSpec, by the key's kind
     */
    record Read(ResourceKey key, SortedMap<String, String> labels, SortedMap<String, String> annotations, Object spec)
            implements Document {}

    /** Everything that is wrong with it. */
    record Refused(List<Violation> violations) implements Document {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
