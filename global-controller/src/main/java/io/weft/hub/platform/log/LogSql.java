package io.weft.hub.platform.log;

import io.weft.policy.image.Hash;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.RowChange.Row;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is read and locked of the log's tables. Each runs inside the tenant's transaction. */
final class LogSql {
    private LogSql() {}

    /** @param time PostgreSQL's, never earlier than the entry before */
    record Locked(Head head, Instant time) {}

    static String hubId(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT hub_id FROM platform.hub")) {
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getString(1);
        }
    }

    static int createHead(Connection connection, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement(
                "INSERT INTO platform.tenant_head (tenant_id) VALUES (?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, tenant.value());
            return statement.executeUpdate();
        }
    }

    static Head head(Connection connection, TenantId tenant) throws SQLException {
        return one(connection, tenant, """
                SELECT incarnation, position, hash, revision, frozen_reason, clock
                FROM platform.tenant_head WHERE tenant_id = ?""").head();
    }

    /** One round trip: enters the tenant and updates its head, which holds the lock to the end of the transaction. */
    static Locked lock(Connection connection, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
                SELECT set_config('app.tenant', ?, true);
                UPDATE platform.tenant_head SET clock = greatest(clock, clock_timestamp()) WHERE tenant_id = ?
                RETURNING incarnation, position, hash, revision, frozen_reason, clock""")) {
            statement.setString(1, tenant.value());
            statement.setString(2, tenant.value());
            statement.execute();
            statement.getMoreResults();
            statement.getMoreResults();
            return locked(statement.getResultSet(), tenant);
        }
    }

    static Head freeze(Connection connection, TenantId tenant, String reason) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE platform.tenant_head SET frozen_reason = coalesce(frozen_reason, ?) WHERE tenant_id = ?")) {
            statement.setString(1, reason);
            statement.setString(2, tenant.value());
            statement.executeUpdate();
        }
        return head(connection, tenant);
    }

    /** Empty when it is not frozen; else the lock of the head is held to the end of the transaction. */
    static Optional<Head> unfreeze(Connection connection, TenantId tenant) throws SQLException {
        boolean released;
        try (var statement = connection.prepareStatement("""
                UPDATE platform.tenant_head SET incarnation = incarnation + 1, frozen_reason = NULL
                WHERE tenant_id = ? AND frozen_reason IS NOT NULL""")) {
            statement.setString(1, tenant.value());
            released = statement.executeUpdate() == 1;
        }
        Head head = head(connection, tenant);
        return released ? Optional.of(head) : Optional.empty();
    }

    private static Locked one(Connection connection, TenantId tenant, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            return locked(statement.executeQuery(), tenant);
        }
    }

    private static Locked locked(ResultSet row, TenantId tenant) throws SQLException {
        if (!row.next()) throw new UnknownTenantException(tenant);
        Head head = new Head(
                tenant,
                row.getLong(1),
                row.getLong(2),
                new Hash(row.getString(3)),
                row.getLong(4),
                row.getString(5) != null);
        return new Locked(head, row.getObject(6, OffsetDateTime.class).toInstant());
    }

    static List<LogRecord> read(Connection connection, TenantId tenant, long after, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT position, parent, hash, time, entry FROM platform.log_entry
                WHERE tenant_id = ? AND position > ? ORDER BY position LIMIT ?""")) {
            statement.setString(1, tenant.value());
            statement.setLong(2, after);
            statement.setInt(3, limit);
            ResultSet row = statement.executeQuery();
            List<LogRecord> records = new ArrayList<>();
            while (row.next()) {
                records.add(LogCodec.open(
                        row.getLong(1),
                        new Hash(row.getString(2)),
                        new Hash(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(5).getBytes(StandardCharsets.UTF_8)));
            }
            return records;
        }
    }

    /** All rows derived from the log; the caller's transaction sees one moment. */
    static List<Row> rows(Connection connection, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT section, key, value FROM platform.derived_row WHERE tenant_id = ?")) {
            statement.setString(1, tenant.value());
            statement.setFetchSize(10_000);
            ResultSet row = statement.executeQuery();
            List<Row> rows = new ArrayList<>();
            while (row.next()) rows.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
            return rows;
        }
    }

    static GroupAppend.Known known(Connection connection, TenantId tenant, GroupAppend.Asked asked)
            throws SQLException {
        Map<ClusterName, Long> epochs = new TreeMap<>();
        if (!asked.epochs().isEmpty()) {
            List<String> names = asked.epochs().stream().map(ClusterName::value).toList();
            numbers(connection, tenant, names, """
                    SELECT cluster, epoch FROM platform.cluster_epoch WHERE tenant_id = ? AND cluster = ANY (?)""").forEach((name, epoch) -> epochs.put(new ClusterName(name), epoch));
        }
        Map<String, Long> guards =
                asked.guards().isEmpty() ? Map.of() : numbers(connection, tenant, asked.guards(), """
                        SELECT key, position FROM platform.guard WHERE tenant_id = ? AND key = ANY (?)""");
        Map<String, Attachment.IdempotencyKey> keys =
                asked.keys().isEmpty() ? Map.of() : remembered(connection, tenant, asked.keys());
        return new GroupAppend.Known(epochs, guards, keys);
    }

    private static Map<String, Long> numbers(
            Connection connection, TenantId tenant, Collection<String> keys, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            ResultSet row = ask(statement, tenant, keys);
            Map<String, Long> numbers = new TreeMap<>();
            while (row.next()) numbers.put(row.getString(1), row.getLong(2));
            return numbers;
        }
    }

    static Map<String, Attachment.IdempotencyKey> remembered(
            Connection connection, TenantId tenant, Collection<String> keys) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT key, request, status, answer FROM platform.idempotency_key
                WHERE tenant_id = ? AND key = ANY (?)""")) {
            ResultSet row = ask(statement, tenant, keys);
            Map<String, Attachment.IdempotencyKey> found = new TreeMap<>();
            while (row.next()) {
                found.put(
                        row.getString(1),
                        new Attachment.IdempotencyKey(
                                row.getString(1), new Hash(row.getString(2)), row.getInt(3), row.getString(4)));
            }
            return found;
        }
    }

    private static ResultSet ask(PreparedStatement statement, TenantId tenant, Collection<String> keys)
            throws SQLException {
        statement.setString(1, tenant.value());
        statement.setArray(2, statement.getConnection().createArrayOf("text", keys.toArray()));
        return statement.executeQuery();
    }

    static Map<ClusterName, Long> openEpochs(Connection connection, TenantId tenant, Set<ClusterName> clusters)
            throws SQLException {
        List<String> names = clusters.stream().map(ClusterName::value).toList();
        Map<ClusterName, Long> epochs = new TreeMap<>();
        numbers(connection, tenant, names, """
                INSERT INTO platform.cluster_epoch AS e (tenant_id, cluster, epoch)
                SELECT ?, name, 1 FROM unnest(?::text[]) AS name
                ON CONFLICT (tenant_id, cluster) DO UPDATE SET epoch = e.epoch + 1 RETURNING cluster, epoch""").forEach((name, epoch) -> epochs.put(new ClusterName(name), epoch));
        return epochs;
    }
}
