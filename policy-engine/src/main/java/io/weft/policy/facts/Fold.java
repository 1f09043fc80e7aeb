package io.weft.policy.facts;

import io.weft.policy.facts.Items.ServiceItem;
import io.weft.policy.facts.Items.VersionItem;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.Facts.VersionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The difference between a cluster's facts and what its agent reports. */
public final class Fold {
    private Fold() {}

    /**
     * @param stillCalled whether some cluster may still call this service here; it then stays, marked gone
     */
    public static FactChange difference(ClusterFacts current, Items items, Predicate<ServiceId> stillCalled) {
        SortedMap<ServiceId, ServiceFact> wanted = services(current, items);
        SortedMap<ServiceId, ServiceFact> puts = new TreeMap<>();
        wanted.forEach((id, fact) -> {
            if (!fact.equals(current.services().get(id))) puts.put(id, fact);
        });
        SortedSet<ServiceId> removals = new TreeSet<>();
        current.services().forEach((id, fact) -> {
            if (wanted.containsKey(id)) return;
            if (!stillCalled.test(id)) {
                removals.add(id);
            } else if (!fact.gone()) {
                puts.put(id, gone(fact));
            }
        });
        return new FactChange(
                namespacePuts(current, items),
                namespaceRemovals(current, items),
                puts,
                removals,
                changed(items.gateway() == null ? GatewayFact.NONE : items.gateway(), current.gateway()),
                changed(items.mesh() == null ? Capabilities.NONE : items.mesh(), current.capabilities()));
    }

    /** A service that is no more, but whose name must be answered until nobody calls it. */
    public static ServiceFact gone(ServiceFact fact) {
        SortedMap<String, VersionFact> versions = new TreeMap<>();
        fact.versions()
                .forEach((version, v) ->
                        versions.put(version, new VersionFact(v.serviceAccounts(), v.meshed(), 0, v.locality())));
        return new ServiceFact(fact.labels(), fact.selector(), fact.ports(), versions, fact.since(), true);
    }

    private static SortedMap<ServiceId, ServiceFact> services(ClusterFacts current, Items items) {
        Map<ServiceId, List<VersionItem>> versions = new HashMap<>();
        for (VersionItem version : items.versions()) {
            versions.computeIfAbsent(version.service(), k -> new ArrayList<>()).add(version);
        }
        SortedMap<ServiceId, ServiceFact> facts = new TreeMap<>();
        items.services().forEach((id, item) -> {
            ServiceFact before = current.services().get(id);
            if (item.headless()) {
                // One that had an address goes first, as others may still call it.
                if (before == null || before.ports().isEmpty()) facts.put(id, headless(item, before));
                return;
            }
            facts.put(id, fact(item, versions.getOrDefault(id, List.of()), before));
        });
        return facts;
    }

    /** No ports: known by name, so that it can be said that nobody can call it globally. */
    private static ServiceFact headless(ServiceItem item, @Nullable ServiceFact before) {
        return new ServiceFact(
                item.labels(),
                item.selector(),
                new TreeSet<>(),
                new TreeMap<>(),
                before == null ? 0 : before.since(),
                false);
    }

    private static ServiceFact fact(ServiceItem item, List<VersionItem> versions, @Nullable ServiceFact before) {
        SortedMap<String, VersionItem> merged = new TreeMap<>();
        for (VersionItem version : versions) merged.merge(version.version(), version, Fold::together);
        SortedMap<String, VersionFact> folded = new TreeMap<>();
        merged.forEach((name, version) -> {
            VersionFact old = before == null ? null : before.versions().get(name);
            int coarse = Coarse.of(version.ready(), old == null ? -1 : old.ready());
            folded.put(name, new VersionFact(version.serviceAccounts(), version.meshed(), coarse, version.locality()));
        });
        return new ServiceFact(
                item.labels(), item.selector(), item.ports(), folded, before == null ? 0 : before.since(), false);
    }

    /** Two workloads of one version are that version together; without a proxy in one, it is not safely meshed. */
    private static VersionItem together(VersionItem one, VersionItem other) {
        SortedSet<String> accounts = new TreeSet<>(one.serviceAccounts());
        accounts.addAll(other.serviceAccounts());
        return new VersionItem(
                one.service(),
                one.version(),
                accounts,
                one.meshed() && other.meshed(),
                one.ready() + other.ready(),
                one.ready() >= other.ready() ? one.locality() : other.locality());
    }

    private static SortedMap<String, NamespaceFact> namespacePuts(ClusterFacts current, Items items) {
        SortedMap<String, NamespaceFact> puts = new TreeMap<>(items.namespaces());
        puts.entrySet().removeIf(e -> e.getValue().equals(current.namespaces().get(e.getKey())));
        return puts;
    }

    private static SortedSet<String> namespaceRemovals(ClusterFacts current, Items items) {
        SortedSet<String> removals = new TreeSet<>(current.namespaces().keySet());
        removals.removeAll(items.namespaces().keySet());
        return removals;
    }

    private static <T> @Nullable T changed(T now, T before) {
        return now.equals(before) ? null : now;
    }
}
