package io.weft.hub.inventory;

import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.ReportKind;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which reports moved, whichever replica they came to. */
public final class InventoryMoves {
    private final TenantTransaction transactions;

    public InventoryMoves(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** The kinds of a cluster whose rows moved. */
    public record Moved(ClusterName cluster, SortedSet<ReportKind> kinds) {}

    /** How often each kind of each cluster was written: what differs from an earlier look has moved since. */
    public SortedMap<ClusterName, SortedMap<ReportKind, Long>> look(TenantId tenant) {
        SortedMap<ClusterName, SortedMap<ReportKind, Long>> all = new TreeMap<>();
        transactions.in(
                tenant,
                connection -> Sql.on(connection)
                        .sql("select cluster, kind, moved from inventory.listing where tenant_id = ?")
                        .param(tenant.value())
                        .query((row, index) -> {
                            ReportKind kind = ReportKind.forNumber(row.getInt(2));
                            var of = all.computeIfAbsent(new ClusterName(row.getString(1)), c -> new TreeMap<>());
                            if (kind != null) of.put(kind, row.getLong(3));
                            return of;
                        })
                        .list());
        return all;
    }

    /** What is in the later look and was not so in the earlier one. */
    public static List<Moved> between(
            SortedMap<ClusterName, SortedMap<ReportKind, Long>> earlier,
            SortedMap<ClusterName, SortedMap<ReportKind, Long>> later) {
        return later.entrySet().stream()
                .map(cluster -> {
                    SortedMap<ReportKind, Long> before = earlier.getOrDefault(cluster.getKey(), new TreeMap<>());
                    SortedSet<ReportKind> kinds = new TreeSet<>();
                    cluster.getValue().forEach((kind, times) -> {
                        if (!times.equals(before.get(kind))) kinds.add(kind);
                    });
                    return new Moved(cluster.getKey(), kinds);
                })
                .filter(moved -> !moved.kinds().isEmpty())
                .toList();
    }
}
