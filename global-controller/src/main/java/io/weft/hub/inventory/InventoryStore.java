package io.weft.hub.inventory;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The rows of what agents report. Every write names the epoch of its session; one that a newer session has fenced throws
 * {@link FencedException}.
 */
public interface InventoryStore {
    /**
     * What is kept of one cluster.
     *
     * @param hashes of every item, by kind and key
     * @param items those of the kinds asked for
     * @param complete kinds whose last snapshot was complete
     */
    record Kept(
            Map<ReportKind, SortedMap<String, Digest>> hashes,
            Map<ReportKind, SortedMap<String, ReportItem>> items,
            Set<ReportKind> complete) {}

    Kept load(TenantId tenant, ClusterName cluster, long epoch, Set<ReportKind> withItems);

    /** Replaces the kind's rows by a snapshot; an incomplete one deletes nothing. */
    void replace(
            TenantId tenant,
            ClusterName cluster,
            long epoch,
            ReportKind kind,
            Collection<ReportItem> items,
            boolean complete,
            String incompleteReason);

    void change(
            TenantId tenant,
            ClusterName cluster,
            long epoch,
            ReportKind kind,
            List<ReportItem> puts,
            List<String> removals);

    /**
     * The brake of one cluster.
     *
     * @param epoch of the session that met it
     * @param age how long it holds, by the database's clock
     * @param released by a person
     */
    record Held(long epoch, Duration age, String reason, boolean released) {}

    Optional<Held> held(TenantId tenant, ClusterName cluster);

    /** Puts the brake on; nothing happens when it is. */
    void hold(TenantId tenant, ClusterName cluster, long epoch, String reason);

    /** A person lets it pass; false when the brake is not on. */
    boolean release(TenantId tenant, ClusterName cluster);

    void clearHold(TenantId tenant, ClusterName cluster);

    /** One listed row. */
    record Row(ClusterName cluster, ReportKind kind, ReportItem item, boolean stale, Instant changed) {}

    /**
     * Rows of one kind in the order (cluster, key), after a place in it.
     *
     * @param only rows of this cluster alone; empty: of all
     */
    List<Row> list(
            TenantId tenant,
            ReportKind kind,
            Optional<ClusterName> only,
            Optional<ClusterName> afterCluster,
            String afterKey,
            int limit);
}
