package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A difference of one cluster's facts. A put replaces the whole fact of that name. {@code gateway} and
 * {@code capabilities} are null when unchanged. A put service whose {@code since} is 0 gets the position of the entry.
 */
public record FactChange(
        SortedMap<String, NamespaceFact> namespacePuts,
        SortedSet<String> namespaceRemovals,
        SortedMap<ServiceId, ServiceFact> servicePuts,
        SortedSet<ServiceId> serviceRemovals,
        @Nullable GatewayFact gateway,
        @Nullable Capabilities capabilities) {
    public FactChange {
        namespacePuts = Collections.unmodifiableSortedMap(new TreeMap<>(namespacePuts));
        namespaceRemovals = Collections.unmodifiableSortedSet(new TreeSet<>(namespaceRemovals));
        servicePuts = Collections.unmodifiableSortedMap(new TreeMap<>(servicePuts));
        serviceRemovals = Collections.unmodifiableSortedSet(new TreeSet<>(serviceRemovals));
    }

    @JsonIgnore
    public boolean isEmpty() {
        return namespacePuts.isEmpty()
                && namespaceRemovals.isEmpty()
                && servicePuts.isEmpty()
                && serviceRemovals.isEmpty()
                && gateway == null
                && capabilities == null;
    }
}
