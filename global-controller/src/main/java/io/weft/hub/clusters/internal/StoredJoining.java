package io.weft.hub.clusters.internal;

import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Joining as the tables tell it. */
final class StoredJoining implements ClusterJoining {
    private static final Logger LOG = LoggerFactory.getLogger(StoredJoining.class);
    private static final int LONGEST = 500;

    private final TenantTransaction transaction;
    private final DeclaredClusters declared;

    StoredJoining(TenantTransaction transaction, DeclaredClusters declared) {
        this.transaction = transaction;
        this.declared = declared;
    }

    @Override
    public SortedMap<ClusterName, Joining> of(TenantId tenant) {
        return transaction.in(tenant, connection -> {
            JdbcClient sql = Sql.on(connection);
            Map<String, List<TurnedAway>> turnedAway = turnedAway(sql, tenant);
            SortedMap<ClusterName, Joining> all = new TreeMap<>();
            sql.sql("""
                            with t as (
                                select cluster, count(*) as tokens, count(used_at) as used, max(created_at) as made,
                                       (array_agg(expires_at order by created_at desc))[1] as expires,
                                       bool_or(used_at is null and expires_at > clock_timestamp()) as open
                                from clusters.join_token where tenant_id = :tenant group by cluster),
                            e as (select * from clusters.enrolment where tenant_id = :tenant),
                            r as (select * from clusters.revocation where tenant_id = :tenant),
                            a as (select distinct cluster from clusters.turned_away where tenant_id = :tenant)
                            select cluster, t.tokens, t.used, t.made, t.expires, t.open, e.enrolled_at,
                                   e.certificate_issued_at, e.certificate_expires_at, r.revoked_at
                            from t full join e using (cluster) full join r using (cluster) full join a using (cluster)""")
                    .param("tenant", tenant.value())
                    .query((row, index) -> {
                        String name = row.getString(1);
                        return all.put(new ClusterName(name), read(row, turnedAway.getOrDefault(name, List.of())));
                    })
                    .list();
            return all;
        });
    }

    private static Joining read(ResultSet row, List<TurnedAway> turnedAway) throws SQLException {
        return new Joining(
                row.getInt(2),
                row.getInt(3),
                time(row, 4),
                time(row, 5),
                row.getBoolean(6),
                time(row, 7),
                time(row, 8),
                time(row, 9),
                time(row, 10),
                turnedAway);
    }

    private static Map<String, List<TurnedAway>> turnedAway(JdbcClient sql, TenantId tenant) {
        Map<String, List<TurnedAway>> all = new TreeMap<>();
        sql.sql("""
                        select cluster, cause, first_at, last_at, times, detail, source
                        from clusters.turned_away where tenant_id = ? order by last_at desc""")
                .param(tenant.value())
                .query((row, index) -> all.computeIfAbsent(row.getString(1), c -> new ArrayList<>())
                        .add(new TurnedAway(
                                Cause.valueOf(row.getString(2)),
                                row.getTimestamp(3).toInstant(),
                                row.getTimestamp(4).toInstant(),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7))))
                .list();
        return all;
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    @Override
    public void turnedAway(TenantId tenant, ClusterName cluster, Cause cause, String detail, String source) {
        try {
            if (!declared.contains(tenant, cluster)) return;
            transaction.in(
                    tenant,
                    connection -> Sql.on(connection)
                            .sql("""
                            insert into clusters.turned_away as a (tenant_id, cluster, cause, detail, source)
                            values (?, ?, ?, ?, ?)
                            on conflict (tenant_id, cluster, cause) do update
                            set detail = excluded.detail, source = excluded.source, last_at = excluded.last_at,
                                times = a.times + 1""")
                            .params(tenant.value(), cluster.value(), cause.name(), text(detail), text(source))
                            .update());
        } catch (RuntimeException away) {
            LOG.debug("tenant {} cluster {}: not remembered that an agent was turned away", tenant, cluster, away);
        }
    }

    private static String text(String text) {
        String clean = text.replace("\0", "");
        return clean.substring(0, Math.min(LONGEST, clean.length()));
    }
}
