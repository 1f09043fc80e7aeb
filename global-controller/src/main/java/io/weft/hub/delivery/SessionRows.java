package io.weft.hub.delivery;

import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest session of each cluster, as its row and the lease of its replica tell: known to every replica alike. */
public final class SessionRows {
    /**
     * @param now PostgreSQL's time; no other clock judges
     * @param silentSince of each cluster that was ever connected; empty while its session is open
     */
    record Look(Instant now, SortedMap<ClusterName, Optional<Instant>> silentSince) {}

    private final TenantTransaction transactions;

    public SessionRows(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    Look look(TenantId tenant) {
        return transactions.in(tenant, connection -> {
            try (var statement = connection.prepareStatement("""
                    SELECT DISTINCT ON (s.cluster) t.now, s.cluster,
                        CASE WHEN s.ended IS NULL AND r.until > t.now THEN NULL
                             ELSE least(coalesce(s.ended, r.until, s.opened), t.now) END
                    FROM delivery.session s LEFT JOIN delivery.replica r USING (replica),
                         (SELECT clock_timestamp() AS now) t
                    WHERE s.tenant_id = ? ORDER BY s.cluster, s.epoch DESC""")) {
                statement.setString(1, tenant.value());
                ResultSet row = statement.executeQuery();
                Instant now = Instant.EPOCH;
                SortedMap<ClusterName, Optional<Instant>> silent = new TreeMap<>();
                while (row.next()) {
                    now = row.getObject(1, OffsetDateTime.class).toInstant();
                    OffsetDateTime since = row.getObject(3, OffsetDateTime.class);
                    silent.put(
                            new ClusterName(row.getString(2)),
                            Optional.ofNullable(since).map(OffsetDateTime::toInstant));
                }
                return new Look(now, silent);
            }
        });
    }
}
