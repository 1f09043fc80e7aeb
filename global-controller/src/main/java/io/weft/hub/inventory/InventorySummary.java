package io.weft.hub.inventory;

import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much each cluster reports, and whether it can read all of it. */
public final class InventorySummary {
    /** How a cluster says of itself that it is simulated: a label of its nodes. */
    public static final String SIMULATED = "weft.io/simulated";

    /**
     * One cluster.
     *
     * @param counts of namespaces, services and nodes; a kind without rows is missing
     * @param unreadable why a kind could not be listed wholly
     * @param firstListed when the first kind was listed; null: none was
     * @param kubernetesVersion empty when not reported
     * @param simulated whether one of its nodes says so
     */
    public record OfCluster(
            Map<ReportKind, Integer> counts,
            Map<ReportKind, String> unreadable,
            @Nullable Instant firstListed,
            String kubernetesVersion,
            boolean simulated) {
        public static final OfCluster NONE = new OfCluster(Map.of(), Map.of(), null, "", false);

        public int count(ReportKind kind) {
            return counts.getOrDefault(kind, 0);
        }
    }

    private static final class Gathered {
        final Map<ReportKind, Integer> counts = new EnumMap<>(ReportKind.class);
        final Map<ReportKind, String> unreadable = new EnumMap<>(ReportKind.class);

        @Nullable
        Instant firstListed;

        String kubernetesVersion = "";
        boolean simulated;

        OfCluster done() {
            return new OfCluster(counts, unreadable, firstListed, kubernetesVersion, simulated);
        }
    }

    private final TenantTransaction transactions;

    public InventorySummary(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Of every cluster that reported anything. */
    public SortedMap<ClusterName, OfCluster> of(TenantId tenant) {
        SortedMap<String, Gathered> all = new TreeMap<>();
        transactions.in(tenant, connection -> {
            JdbcClient sql = Sql.on(connection);
            counts(sql, tenant, all);
            listings(sql, tenant, all);
            samples(sql, tenant, all);
            return all;
        });
        SortedMap<ClusterName, OfCluster> done = new TreeMap<>();
        all.forEach((cluster, gathered) -> done.put(new ClusterName(cluster), gathered.done()));
        return done;
    }

    private static Gathered of(SortedMap<String, Gathered> all, String cluster) {
        return all.computeIfAbsent(cluster, c -> new Gathered());
    }

    private static void counts(JdbcClient sql, TenantId tenant, SortedMap<String, Gathered> all) {
        sql.sql("""
                        select cluster, kind, count(*) from inventory.item
                        where tenant_id = ? and kind in (1, 2, 5) group by cluster, kind""")
                .param(tenant.value())
                .query((row, index) -> {
                    Gathered of = of(all, row.getString(1));
                    ReportKind kind = ReportKind.forNumber(row.getInt(2));
                    if (kind != null) of.counts.put(kind, row.getInt(3));
                    return of;
                })
                .list();
    }

    private static void listings(JdbcClient sql, TenantId tenant, SortedMap<String, Gathered> all) {
        sql.sql("select cluster, kind, complete, reason, listed from inventory.listing where tenant_id = ?")
                .param(tenant.value())
                .query((row, index) -> {
                    Gathered of = of(all, row.getString(1));
                    ReportKind kind = ReportKind.forNumber(row.getInt(2));
                    if (kind != null && !row.getBoolean(3)) of.unreadable.put(kind, row.getString(4));
                    Instant listed = row.getTimestamp(5).toInstant();
                    if (of.firstListed == null || listed.isBefore(of.firstListed)) of.firstListed = listed;
                    return of;
                })
                .list();
    }

    /** The mesh, and the first node: a cluster is simulated as a whole. */
    private static void samples(JdbcClient sql, TenantId tenant, SortedMap<String, Gathered> all) {
        sql.sql("""
                        select distinct on (cluster, kind) cluster, item from inventory.item
                        where tenant_id = ? and kind in (5, 7) order by cluster, kind, key""")
                .param(tenant.value())
                .query((row, index) -> {
                    Gathered of = of(all, row.getString(1));
                    ReportItem item = PostgresInventoryStore.parse(row.getBytes(2));
                    if (item.hasMesh()) of.kubernetesVersion = item.getMesh().getKubernetesVersion();
                    if (item.hasNode()) {
                        of.simulated =
                                "true".equals(item.getNode().getLabelsMap().get(SIMULATED));
                    }
                    return of;
                })
                .list();
    }
}
