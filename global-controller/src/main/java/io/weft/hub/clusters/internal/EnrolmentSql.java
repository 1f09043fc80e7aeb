package io.weft.hub.clusters.internal;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of join tokens, enrolments and revocations, inside a transaction of the tenant. Times are the database's. */
final class EnrolmentSql {
    private final JdbcClient sql;
    private final TenantId tenant;

    EnrolmentSql(JdbcClient sql, TenantId tenant) {
        this.sql = sql;
        this.tenant = tenant;
    }

    Instant now() {
        return sql.sql("select clock_timestamp()")
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    void addToken(JoinText token, Instant expiresAt, String by) {
        sql.sql(
                        "delete from clusters.join_token where tenant_id = ? and expires_at < clock_timestamp() - interval '7 days'")
                .param(tenant.value())
                .update();
        sql.sql("""
                        insert into clusters.join_token (tenant_id, cluster, hash, created_by, expires_at)
                        values (?, ?, ?, ?, ?)""")
                .params(tenant.value(), token.cluster().value(), token.hash(), by, Timestamp.from(expiresAt))
                .update();
    }

    /** What became of using a token. */
    enum Use {
        USED,
        UNKNOWN,
        EXPIRED,
        USED_BEFORE
    }

    /** Uses the token up for this key; whoever comes second, at once or later, with another key is refused. */
    Use use(JoinText token, byte[] keyHash) {
        record Row(boolean expired, byte @Nullable [] usedBy) {}
        Optional<Row> row = sql.sql("""
                        select expires_at <= clock_timestamp(), used_by from clusters.join_token
                        where tenant_id = ? and cluster = ? and hash = ? for update""")
                .params(tenant.value(), token.cluster().value(), token.hash())
                .query((rows, index) -> new Row(rows.getBoolean(1), rows.getBytes(2)))
                .optional();
        if (row.isEmpty()) return Use.UNKNOWN;
        if (row.get().usedBy() != null && !Arrays.equals(row.get().usedBy(), keyHash)) return Use.USED_BEFORE;
        if (row.get().expired()) return Use.EXPIRED;
        sql.sql("""
                        update clusters.join_token set used_at = clock_timestamp(), used_by = ?
                        where tenant_id = ? and cluster = ? and hash = ?""")
                .params(keyHash, tenant.value(), token.cluster().value(), token.hash())
                .update();
        return Use.USED;
    }

    /** Binds the name to the real cluster, or answers why that cannot be. */
    Optional<String> bind(ClusterName cluster, String uid) {
        sql.sql("""
                        insert into clusters.enrolment (tenant_id, cluster, cluster_uid) values (?, ?, ?)
                        on conflict do nothing""").params(tenant.value(), cluster.value(), uid).update();
        Optional<String> bound = uid(cluster);
        if (bound.isEmpty()) {
            String other = sql.sql("select cluster from clusters.enrolment where tenant_id = ? and cluster_uid = ?")
                    .params(tenant.value(), uid)
                    .query(String.class)
                    .optional()
                    .orElse("another name");
            return Optional.of(
                    "cluster: this one is joined as " + other + " already (expected: one name for a cluster)");
        }
        if (!bound.get().equals(uid)) {
            return Optional.of("cluster: " + cluster + " is the name of another cluster, which joined before (expected:"
                    + " the same cluster, or the resource deleted and made anew)");
        }
        return Optional.empty();
    }

    Optional<String> uid(ClusterName cluster) {
        return sql.sql("select cluster_uid from clusters.enrolment where tenant_id = ? and cluster = ?")
                .params(tenant.value(), cluster.value())
                .query(String.class)
                .optional();
    }

    /** Remembers the newest certificate. */
    void issued(ClusterName cluster, Instant at, Instant until) {
        sql.sql("""
                        update clusters.enrolment set certificate_issued_at = ?, certificate_expires_at = ?
                        where tenant_id = ? and cluster = ?""")
                .params(Timestamp.from(at), Timestamp.from(until), tenant.value(), cluster.value())
                .update();
    }

    Optional<Instant> revokedAt(ClusterName cluster) {
        return sql.sql("select revoked_at from clusters.revocation where tenant_id = ? and cluster = ?")
                .params(tenant.value(), cluster.value())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** Makes everything issued so far worthless: certificates by their time, tokens by their absence. */
    Instant revoke(ClusterName cluster, String reason) {
        sql.sql("delete from clusters.join_token where tenant_id = ? and cluster = ?")
                .params(tenant.value(), cluster.value())
                .update();
        return sql.sql("""
                        insert into clusters.revocation (tenant_id, cluster, revoked_at, reason)
                        values (?, ?, clock_timestamp(), ?)
                        on conflict (tenant_id, cluster)
                        do update set revoked_at = excluded.revoked_at, reason = excluded.reason
                        returning revoked_at""")
                .params(tenant.value(), cluster.value(), reason)
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    void unbind(ClusterName cluster) {
        sql.sql("delete from clusters.turned_away where tenant_id = ? and cluster = ?")
                .params(tenant.value(), cluster.value())
                .update();
        sql.sql("delete from clusters.enrolment where tenant_id = ? and cluster = ?")
                .params(tenant.value(), cluster.value())
                .update();
    }
}
