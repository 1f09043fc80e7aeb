package io.weft.policy.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster as a person describes it; what it really has is observed.
 *
 * @param labels what selectors of global namespaces match; {@code provider}, {@code region} and {@code network} empty when not given
 * @param meshKind only {@code Istio} is built
 * @param namespaceInclusions when not empty, only matching namespaces are looked at
 */
public record ClusterSpec(
        String displayName,
        String description,
        SortedMap<String, String> labels,
        String provider,
        String region,
        String network,
        MeshKind meshKind,
        List<NameMatch> namespaceInclusions,
        List<NameMatch> namespaceExclusions) {
    public enum MeshKind {
        Istio
    }

    public ClusterSpec {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        namespaceInclusions = List.copyOf(namespaceInclusions);
        namespaceExclusions = List.copyOf(namespaceExclusions);
    }
}
