package io.weft.hub.inventory;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reports in PostgreSQL. Writes of one session hold its epoch, so that a newer session begins after them. */
public final class PostgresInventoryStore implements InventoryStore {
    private final TenantTransaction transactions;

    public PostgresInventoryStore(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** What is done for one cluster of one tenant on one connection. */
    private record Rows(Connection connection, TenantId tenant, ClusterName cluster) {
        PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setString(1, tenant.value());
            statement.setString(2, cluster.value());
            return statement;
        }

        void checkEpoch(long epoch) throws SQLException {
            try (PreparedStatement statement = prepare("""
                    SELECT epoch FROM platform.cluster_epoch WHERE tenant_id = ? AND cluster = ? FOR SHARE""")) {
                ResultSet row = statement.executeQuery();
                long now = row.next() ? row.getLong(1) : 0;
                if (now != epoch) throw new FencedException(now);
            }
        }

        void put(ReportKind kind, Collection<ReportItem> items) throws SQLException {
            try (PreparedStatement statement = prepare("""
                    INSERT INTO inventory.item AS i (tenant_id, cluster, kind, key, hash, item) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (tenant_id, kind, cluster, key) DO UPDATE
                    SET hash = excluded.hash, item = excluded.item, changed = clock_timestamp()
                    WHERE i.hash <> excluded.hash""")) {
                statement.setInt(3, kind.getNumber());
                for (ReportItem item : items) {
                    statement.setString(4, item.getKey());
                    statement.setBytes(5, item.getHash().toByteArray());
                    statement.setBytes(6, item.toByteArray());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        /** Tells every replica's readers. */
        void moved(ReportKind kind) throws SQLException {
            try (PreparedStatement statement = prepare("""
                    UPDATE inventory.listing SET moved = moved + 1
                    WHERE tenant_id = ? AND cluster = ? AND kind = ?""")) {
                statement.setInt(3, kind.getNumber());
                statement.executeUpdate();
            }
        }

        void keys(String sql, ReportKind kind, Collection<String> keys) throws SQLException {
            try (PreparedStatement statement = prepare(sql)) {
                statement.setInt(3, kind.getNumber());
                statement.setArray(4, connection.createArrayOf("text", keys.toArray()));
                statement.executeUpdate();
            }
        }
    }

    @Override
    public Kept load(TenantId tenant, ClusterName cluster, long epoch, Set<ReportKind> withItems) {
        return transactions.in(tenant, connection -> {
            // The lock of the epoch alone would make the commit wait for the disk.
            new Statements(connection).add("SET LOCAL synchronous_commit = off").execute();
            Rows rows = new Rows(connection, tenant, cluster);
            rows.checkEpoch(epoch);
            Map<ReportKind, SortedMap<String, Digest>> hashes = new EnumMap<>(ReportKind.class);
            Map<ReportKind, SortedMap<String, ReportItem>> items = new EnumMap<>(ReportKind.class);
            try (PreparedStatement statement = rows.prepare("""
                    SELECT kind, key, hash, CASE WHEN kind = ANY (?) THEN item END FROM inventory.item
                    WHERE tenant_id = ? AND cluster = ?""")) {
                Object[] wanted = withItems.stream().map(ReportKind::getNumber).toArray();
                statement.setArray(1, connection.createArrayOf("int", wanted));
                statement.setString(2, tenant.value());
                statement.setString(3, cluster.value());
                ResultSet row = statement.executeQuery();
                while (row.next()) {
                    ReportKind kind = ReportKind.forNumber(row.getInt(1));
                    if (kind == null) continue;
                    hashes.computeIfAbsent(kind, k -> new TreeMap<>())
                            .put(row.getString(2), new Digest(ByteString.copyFrom(row.getBytes(3))));
                    byte[] item = row.getBytes(4);
                    if (item != null)
                        items.computeIfAbsent(kind, k -> new TreeMap<>()).put(row.getString(2), parse(item));
                }
            }
            return new Kept(hashes, items, complete(rows));
        });
    }

    private static Set<ReportKind> complete(Rows rows) throws SQLException {
        Set<ReportKind> complete = EnumSet.noneOf(ReportKind.class);
        try (PreparedStatement statement =
                rows.prepare("SELECT kind FROM inventory.listing WHERE tenant_id = ? AND cluster = ? AND complete")) {
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                ReportKind kind = ReportKind.forNumber(row.getInt(1));
                if (kind != null) complete.add(kind);
            }
        }
        return complete;
    }

    static ReportItem parse(byte[] item) {
        try {
            return ReportItem.parseFrom(item);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("inventory.item holds what is no item", broken);
        }
    }

    @Override
    public void replace(
            TenantId tenant,
            ClusterName cluster,
            long epoch,
            ReportKind kind,
            Collection<ReportItem> items,
            boolean complete,
            String incompleteReason) {
        transactions.in(tenant, connection -> {
            Rows rows = new Rows(connection, tenant, cluster);
            rows.checkEpoch(epoch);
            if (complete) {
                rows.keys("""
                        DELETE FROM inventory.item
                        WHERE tenant_id = ? AND cluster = ? AND kind = ? AND key <> ALL (?)""", kind, items.stream().map(ReportItem::getKey).toList());
            }
            rows.put(kind, items);
            try (PreparedStatement statement = rows.prepare("""
                    INSERT INTO inventory.listing (tenant_id, cluster, kind, complete, reason) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (tenant_id, cluster, kind) DO UPDATE
                    SET complete = excluded.complete, reason = excluded.reason, listed = clock_timestamp(),
                        moved = listing.moved + 1""")) {
                statement.setInt(3, kind.getNumber());
                statement.setBoolean(4, complete);
                statement.setString(5, incompleteReason.replace("\0", ""));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void change(
            TenantId tenant,
            ClusterName cluster,
            long epoch,
            ReportKind kind,
            List<ReportItem> puts,
            List<String> removals) {
        transactions.in(tenant, connection -> {
            Rows rows = new Rows(connection, tenant, cluster);
            rows.checkEpoch(epoch);
            if (!removals.isEmpty()) {
                rows.keys("""
                        DELETE FROM inventory.item
                        WHERE tenant_id = ? AND cluster = ? AND kind = ? AND key = ANY (?)""", kind, removals);
            }
            rows.put(kind, puts);
            rows.moved(kind);
            return puts.size();
        });
    }

    @Override
    public Optional<Held> held(TenantId tenant, ClusterName cluster) {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement statement = new Rows(connection, tenant, cluster).prepare("""
                    SELECT epoch, extract(epoch FROM clock_timestamp() - since), reason, released
                    FROM inventory.brake WHERE tenant_id = ? AND cluster = ?""")) {
                ResultSet row = statement.executeQuery();
                if (!row.next()) return Optional.empty();
                Duration age = Duration.ofMillis((long) (row.getDouble(2) * 1000));
                return Optional.of(new Held(row.getLong(1), age, row.getString(3), row.getBoolean(4)));
            }
        });
    }

    @Override
    public void hold(TenantId tenant, ClusterName cluster, long epoch, String reason) {
        transactions.in(tenant, connection -> {
            try (PreparedStatement statement = new Rows(connection, tenant, cluster).prepare("""
                    INSERT INTO inventory.brake (tenant_id, cluster, epoch, reason) VALUES (?, ?, ?, ?)
                    ON CONFLICT (tenant_id, cluster) DO NOTHING""")) {
                statement.setLong(3, epoch);
                statement.setString(4, reason);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public boolean release(TenantId tenant, ClusterName cluster) {
        return execute(tenant, cluster, """
                UPDATE inventory.brake SET released = true WHERE tenant_id = ? AND cluster = ?""") > 0;
    }

    @Override
    public void clearHold(TenantId tenant, ClusterName cluster) {
        execute(tenant, cluster, "DELETE FROM inventory.brake WHERE tenant_id = ? AND cluster = ?");
    }

    private int execute(TenantId tenant, ClusterName cluster, String sql) {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement statement = new Rows(connection, tenant, cluster).prepare(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<Row> list(
            TenantId tenant,
            ReportKind kind,
            Optional<ClusterName> only,
            Optional<ClusterName> afterCluster,
            String afterKey,
            int limit) {
        return transactions.in(tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT i.cluster, i.item, b.cluster IS NOT NULL, i.changed
                    FROM inventory.item i LEFT JOIN inventory.brake b ON b.tenant_id = i.tenant_id AND b.cluster = i.cluster
                    WHERE i.tenant_id = ? AND i.kind = ? AND (? = '' OR i.cluster = ?) AND (i.cluster, i.key) > (?, ?)
                    ORDER BY i.cluster, i.key LIMIT ?""")) {
                String cluster = only.map(ClusterName::value).orElse("");
                statement.setString(1, tenant.value());
                statement.setInt(2, kind.getNumber());
                statement.setString(3, cluster);
                statement.setString(4, cluster);
                statement.setString(5, afterCluster.map(ClusterName::value).orElse(""));
                statement.setString(6, afterKey);
                statement.setInt(7, limit);
                ResultSet row = statement.executeQuery();
                List<Row> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(new Row(
                            new ClusterName(row.getString(1)),
                            kind,
                            parse(row.getBytes(2)),
                            row.getBoolean(3),
                            row.getObject(4, OffsetDateTime.class).toInstant()));
                }
                return rows;
            }
        });
    }
}
