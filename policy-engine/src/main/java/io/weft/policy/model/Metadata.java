package io.weft.policy.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every resource carries beside its spec.
 *
 * @param generation counts the writes of this resource that changed it; the ETag
 * @param revision the tenant's revision that last changed it
 */
public record Metadata(
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        long generation,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        String createdBy) {
    public Metadata {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
}
