package io.weft.hub.inventory;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reports in memory, with the same rules as in PostgreSQL: for tests and the simulator. */
public final class MemoryInventoryStore implements InventoryStore {
    private record Key(TenantId tenant, ClusterName cluster) {}

    private record Brake(long epoch, Instant since, String reason, boolean released) {}

    private static final class Cluster {
        long epoch;
        final Map<ReportKind, SortedMap<String, ReportItem>> items = new EnumMap<>(ReportKind.class);
        final Set<ReportKind> complete = EnumSet.noneOf(ReportKind.class);

        SortedMap<String, ReportItem> of(ReportKind kind) {
            return items.computeIfAbsent(kind, k -> new TreeMap<>());
        }
    }

    private final InstantSource clock;
    private final Map<Key, Cluster> clusters = new HashMap<>();
    private final Map<Key, Brake> brakes = new HashMap<>();

    public MemoryInventoryStore(InstantSource clock) {
        this.clock = clock;
    }

    private Cluster cluster(TenantId tenant, ClusterName cluster, long epoch) {
        Cluster found = clusters.computeIfAbsent(new Key(tenant, cluster), k -> new Cluster());
        if (epoch < found.epoch) throw new FencedException(found.epoch);
        found.epoch = epoch;
        return found;
    }

    @Override
    public synchronized Kept load(TenantId tenant, ClusterName name, long epoch, Set<ReportKind> withItems) {
        Cluster cluster = cluster(tenant, name, epoch);
        Map<ReportKind, SortedMap<String, Digest>> hashes = new EnumMap<>(ReportKind.class);
        Map<ReportKind, SortedMap<String, ReportItem>> items = new EnumMap<>(ReportKind.class);
        cluster.items.forEach((kind, all) -> {
            SortedMap<String, Digest> ofKind = new TreeMap<>();
            all.forEach((key, item) -> ofKind.put(key, new Digest(item.getHash())));
            hashes.put(kind, ofKind);
            if (withItems.contains(kind)) items.put(kind, new TreeMap<>(all));
        });
        return new Kept(hashes, items, EnumSet.copyOf(cluster.complete));
    }

    @Override
    public synchronized void replace(
            TenantId tenant,
            ClusterName name,
            long epoch,
            ReportKind kind,
            Collection<ReportItem> items,
            boolean complete,
            String incompleteReason) {
        Cluster cluster = cluster(tenant, name, epoch);
        if (complete) cluster.of(kind).clear();
        items.forEach(item -> cluster.of(kind).put(item.getKey(), item));
        if (complete) cluster.complete.add(kind);
        else cluster.complete.remove(kind);
    }

    @Override
    public synchronized void change(
            TenantId tenant,
            ClusterName name,
            long epoch,
            ReportKind kind,
            List<ReportItem> puts,
            List<String> removals) {
        SortedMap<String, ReportItem> of = cluster(tenant, name, epoch).of(kind);
        removals.forEach(of::remove);
        puts.forEach(item -> of.put(item.getKey(), item));
    }

    @Override
    public synchronized Optional<Held> held(TenantId tenant, ClusterName cluster) {
        return Optional.ofNullable(brakes.get(new Key(tenant, cluster)))
                .map(b -> new Held(b.epoch(), Duration.between(b.since(), clock.instant()), b.reason(), b.released()));
    }

    @Override
    public synchronized void hold(TenantId tenant, ClusterName cluster, long epoch, String reason) {
        brakes.putIfAbsent(new Key(tenant, cluster), new Brake(epoch, clock.instant(), reason, false));
    }

    @Override
    public synchronized boolean release(TenantId tenant, ClusterName cluster) {
        return brakes.computeIfPresent(
                        new Key(tenant, cluster), (k, b) -> new Brake(b.epoch(), b.since(), b.reason(), true))
                != null;
    }

    @Override
    public synchronized void clearHold(TenantId tenant, ClusterName cluster) {
        brakes.remove(new Key(tenant, cluster));
    }

    @Override
    public synchronized List<Row> list(
            TenantId tenant,
            ReportKind kind,
            Optional<ClusterName> only,
            Optional<ClusterName> afterCluster,
            String afterKey,
            int limit) {
        return clusters.entrySet().stream()
                .filter(e -> e.getKey().tenant().equals(tenant))
                .filter(e -> only.isEmpty() || e.getKey().cluster().equals(only.get()))
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(Key::cluster)))
                .flatMap(e -> e.getValue().of(kind).values().stream()
                        .map(item -> new Row(
                                e.getKey().cluster(), kind, item, brakes.containsKey(e.getKey()), Instant.EPOCH)))
                .filter(row -> afterCluster.isEmpty() || isAfter(row, afterCluster.get(), afterKey))
                .limit(limit)
                .toList();
    }

    private static boolean isAfter(Row row, ClusterName cluster, String key) {
        int byCluster = row.cluster().compareTo(cluster);
        return byCluster > 0 || byCluster == 0 && row.item().getKey().compareTo(key) > 0;
    }
}
