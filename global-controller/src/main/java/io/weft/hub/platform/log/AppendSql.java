package io.weft.hub.platform.log;

import io.weft.policy.image.DerivedRows;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** Writes a group: head, entries, derived rows, guards, idempotency keys. As few round trips as can be: the head is locked. */
final class AppendSql {
    private static final String HEAD_AND_ENTRIES = """
            UPDATE platform.tenant_head SET position = ?, hash = ?, revision = ? WHERE tenant_id = ?;
            INSERT INTO platform.log_entry (tenant_id, position, time, parent, hash, entry)
            SELECT ?, e.position, ?, e.parent, e.hash, e.entry
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) AS e (position, parent, hash, entry);
            INSERT INTO platform.guard (tenant_id, key, position)
            SELECT ?, g.key, g.position FROM unnest(?::text[], ?::bigint[]) AS g (key, position)
            ON CONFLICT (tenant_id, key) DO UPDATE SET position = excluded.position""";

    private static final String REMOVE_PREFIXES = """
            DELETE FROM platform.derived_row d USING unnest(?::text[], ?::text[]) AS p (section, prefix)
            WHERE d.tenant_id = ? AND d.section = p.section AND d.key ^@ p.prefix""";

    private static final String REMOVE_ROWS = """
            DELETE FROM platform.derived_row d USING unnest(?::text[], ?::text[]) AS r (section, key)
            WHERE d.tenant_id = ? AND d.section = r.section AND d.key = r.key""";

    private static final String PUT_ROWS = """
            INSERT INTO platform.derived_row (section, key, value, tenant_id)
            SELECT r.section, r.key, r.value, ? FROM unnest(?::text[], ?::text[], ?::text[]) AS r (section, key, value)
            ON CONFLICT (tenant_id, section, key) DO UPDATE SET value = excluded.value""";

    private static final String REMEMBER = """
            INSERT INTO platform.idempotency_key (tenant_id, key, request, status, answer) VALUES (?, ?, ?, ?, ?)""";

    private AppendSql() {}

    static void write(Connection connection, TenantId tenant, GroupAppend append) throws SQLException {
        if (!append.records().isEmpty()) {
            headAndEntries(connection, tenant, append);
            derivedRows(connection, tenant, append.records());
        }
        if (!append.remembered().isEmpty()) remember(connection, tenant, append);
    }

    private static void headAndEntries(Connection connection, TenantId tenant, GroupAppend append) throws SQLException {
        List<LogRecord> records = append.records();
        try (var statement = connection.prepareStatement(HEAD_AND_ENTRIES)) {
            statement.setLong(1, append.head().position());
            statement.setString(2, append.head().hash().hex());
            statement.setLong(3, append.head().revision());
            statement.setString(4, tenant.value());
            statement.setString(5, tenant.value());
            statement.setObject(6, records.getFirst().time().atOffset(ZoneOffset.UTC));
            array(
                    statement,
                    7,
                    "bigint",
                    records.stream().map(LogRecord::position).toArray());
            array(
                    statement,
                    8,
                    "text",
                    records.stream().map(r -> r.parent().hex()).toArray());
            array(
                    statement,
                    9,
                    "text",
                    records.stream().map(r -> r.hash().hex()).toArray());
            array(statement, 10, "text", records.stream().map(AppendSql::text).toArray());
            statement.setString(11, tenant.value());
            array(statement, 12, "text", append.moved().keySet().toArray());
            array(statement, 13, "bigint", append.moved().values().toArray());
            statement.execute();
        }
    }

    private static String text(LogRecord record) {
        return new String(LogCodec.encode(record.entry()), StandardCharsets.UTF_8);
    }

    private static void derivedRows(Connection connection, TenantId tenant, List<LogRecord> records)
            throws SQLException {
        NetRows net = new NetRows();
        for (LogRecord record : records) DerivedRows.of(record).forEach(net::add);
        if (!net.prefixes().isEmpty()) {
            remove(connection, tenant, REMOVE_PREFIXES, List.copyOf(net.prefixes()));
        }
        List<NetRows.Name> removals = net.removals();
        if (!removals.isEmpty()) remove(connection, tenant, REMOVE_ROWS, removals);
        List<NetRows.Name> puts = net.puts();
        if (!puts.isEmpty()) {
            try (var statement = connection.prepareStatement(PUT_ROWS)) {
                statement.setString(1, tenant.value());
                array(
                        statement,
                        2,
                        "text",
                        puts.stream().map(NetRows.Name::section).toArray());
                array(statement, 3, "text", puts.stream().map(NetRows.Name::key).toArray());
                array(statement, 4, "text", puts.stream().map(net::value).toArray());
                statement.execute();
            }
        }
    }

    private static void remove(Connection connection, TenantId tenant, String sql, List<NetRows.Name> names)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            array(
                    statement,
                    1,
                    "text",
                    names.stream().map(NetRows.Name::section).toArray());
            array(statement, 2, "text", names.stream().map(NetRows.Name::key).toArray());
            statement.setString(3, tenant.value());
            statement.execute();
        }
    }

    private static void remember(Connection connection, TenantId tenant, GroupAppend append) throws SQLException {
        try (var statement = connection.prepareStatement(REMEMBER)) {
            for (Attachment.IdempotencyKey key : append.remembered().values()) {
                statement.setString(1, tenant.value());
                statement.setString(2, key.key());
                statement.setString(3, key.request().hex());
                statement.setInt(4, key.status());
                statement.setString(5, key.answer());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void array(PreparedStatement statement, int index, String type, Object[] values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }
}
