package io.weft.policy.facts;

import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.PortFact;
import io.weft.policy.image.Facts.ServiceId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything an agent reports that can become a fact.
 *
 * @param gateway null when the cluster has none
 * @param mesh null when none was found
 */
public record Items(
        SortedMap<String, NamespaceFact> namespaces,
        SortedMap<ServiceId, ServiceItem> services,
        List<VersionItem> versions,
        @Nullable GatewayFact gateway,
        @Nullable Capabilities mesh) {
    public Items {
        namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
        versions = List.copyOf(versions);
    }

    public record ServiceItem(
            SortedMap<String, String> labels,
            SortedMap<String, String> selector,
            SortedSet<PortFact> ports,
            boolean headless) {}

    /** @param ready exact number of ready instances */
    public record VersionItem(
            ServiceId service,
            String version,
            SortedSet<String> serviceAccounts,
            boolean meshed,
            int ready,
            String locality) {}
}
