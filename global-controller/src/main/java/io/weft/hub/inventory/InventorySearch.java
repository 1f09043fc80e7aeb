package io.weft.hub.inventory;

import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.ReportKind;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds observed items: filtered, sorted and paged by PostgreSQL. The caller has been authorised. */
public final class InventorySearch {
    /** What rows are sorted by; rows that are equal in it, by cluster and key. */
    public enum Sort {
        NAME("i.name"),
        NAMESPACE("i.namespace"),
        CLUSTER("i.cluster"),
        CHANGED_AT("i.changed");

        private final String column;

        Sort(String column) {
            this.column = column;
        }
    }

    /**
     * A place in a list: of the last row that was answered.
     *
     * @param sorted what stood in the column that was sorted by, as text
     */
    public record Place(String sorted, String cluster, String key) {}

    /**
     * @param cluster empty: all
     * @param namespace empty: all
     * @param text in the key of an item or the name of its cluster, whatever the case; empty: all
     * @param after null: from the start
     */
    public record Query(
            ReportKind kind,
            String cluster,
            String namespace,
            String text,
            Sort sort,
            boolean descending,
            @Nullable Place after,
            int limit) {}

    /**
     * @param total rows on all pages
     * @param next null at the end
     */
    public record Page(
            List<InventoryStore.Row> rows,
            long total,
            @Nullable Place next) {}

    /** An item that was found by its name. */
    public record Hit(ReportKind kind, ClusterName cluster, String namespace, String name) {}

    private record Found(InventoryStore.Row row, Place place) {}

    private static final String MATCHES = """
             i.tenant_id = :tenant and i.kind = :kind
             and (:cluster = '' or i.cluster = :cluster) and (:namespace = '' or i.namespace = :namespace)
             and (:text = '' or position(:text in lower(i.key)) > 0 or position(:text in i.cluster) > 0)""";

    private final TenantTransaction transactions;

    public InventorySearch(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    public Page page(TenantId tenant, Query query) {
        return transactions.in(tenant, connection -> {
            JdbcClient sql = Sql.on(connection);
            long total = with(sql, tenant, query, "select count(*) from inventory.item i where " + MATCHES)
                    .query(Long.class)
                    .single();
            List<Found> found = rows(sql, tenant, query);
            boolean more = found.size() > query.limit();
            List<Found> page = more ? found.subList(0, query.limit()) : found;
            return new Page(
                    page.stream().map(Found::row).toList(),
                    total,
                    more ? page.getLast().place() : null);
        });
    }

    private static List<Found> rows(JdbcClient sql, TenantId tenant, Query query) {
        String column = query.sort().column;
        String way = query.descending() ? " desc" : "";
        Place after = query.after();
        String keyset = after == null
                ? ""
                : " and (" + column + ", i.cluster, i.key) " + (query.descending() ? "<" : ">") + " (:sorted"
                        + (query.sort() == Sort.CHANGED_AT ? "::timestamptz" : "") + ", :afterCluster, :afterKey)";
        JdbcClient.StatementSpec statement = with(
                        sql,
                        tenant,
                        query,
                        "select i.cluster, i.item, b.cluster is not null, i.changed, i.key, i.name, i.namespace"
                                + " from inventory.item i left join inventory.brake b"
                                + " on b.tenant_id = i.tenant_id and b.cluster = i.cluster where " + MATCHES + keyset
                                + " order by " + column + way + ", i.cluster" + way + ", i.key" + way
                                + " limit :limit")
                .param("limit", query.limit() + 1);
        if (after != null) {
            statement = statement
                    .param("sorted", after.sorted())
                    .param("afterCluster", after.cluster())
                    .param("afterKey", after.key());
        }
        return statement
                .query((row, index) -> {
                    var changed = row.getObject(4, OffsetDateTime.class);
                    String sorted = switch (query.sort()) {
                        case NAME -> row.getString(6);
                        case NAMESPACE -> row.getString(7);
                        case CLUSTER -> row.getString(1);
                        case CHANGED_AT ->
                            changed.withOffsetSameInstant(ZoneOffset.UTC).toString();
                    };
                    return new Found(
                            new InventoryStore.Row(
                                    new ClusterName(row.getString(1)),
                                    query.kind(),
                                    PostgresInventoryStore.parse(row.getBytes(2)),
                                    row.getBoolean(3),
                                    changed.toInstant()),
                            new Place(sorted, row.getString(1), row.getString(5)));
                })
                .list();
    }

    private static JdbcClient.StatementSpec with(JdbcClient sql, TenantId tenant, Query query, String text) {
        return sql.sql(text)
                .param("tenant", tenant.value())
                .param("kind", query.kind().getNumber())
                .param("cluster", query.cluster())
                .param("namespace", query.namespace())
                .param("text", query.text().toLowerCase(Locale.ROOT));
    }

    /** Services, nodes and gateways with this in their name; the likeliest first. */
    public List<Hit> named(TenantId tenant, String text, int limit) {
        return transactions.in(
                tenant,
                connection -> Sql.on(connection)
                        .sql("""
                        select kind, cluster, namespace, name from inventory.item
                        where tenant_id = :tenant and kind in (2, 5, 6) and position(:text in name) > 0
                        order by name <> :text, not starts_with(name, :text), name, kind, cluster, namespace
                        limit :limit""")
                        .param("tenant", tenant.value())
                        .param("text", text.toLowerCase(Locale.ROOT))
                        .param("limit", limit)
                        .query((row, index) -> new Hit(
                                ReportKind.forNumber(row.getInt(1)),
                                new ClusterName(row.getString(2)),
                                row.getString(3),
                                row.getString(4)))
                        .list());
    }
}
