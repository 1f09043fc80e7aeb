package io.weft.hub.platform.log;

import io.weft.policy.image.DerivedRows;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** Writes a group: head, entries, derived rows, guards, idempotency keys. As few round trips as can be: the head is locked. */
final class AppendSql {
    private static final String HEAD_AND_ENTRIES = """
            UPDATE platform.tenant_head SET position = ?, hash = ?, revision = ? WHERE tenant_id = ?;
            INSERT INTO platform.log_entry (tenant_id, position, time, parent, hash, entry)
            SELECT ?, e.position, ?, e.parent, e.hash, e.entry
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) AS e (position, parent, hash, entry)""";

    private static final String GUARDS = """
            ;INSERT INTO platform.guard (tenant_id, key, position)
            SELECT ?, g.key, g.position FROM unnest(?::text[], ?::bigint[]) AS g (key, position)
            ON CONFLICT (tenant_id, key) DO UPDATE SET position = excluded.position""";

    /** By a range of keys, which an index finds; {@code starts_with} of a parameter it does not. */
    private static final String REMOVE_PREFIX = """
            ;DELETE FROM platform.derived_row WHERE tenant_id = ? AND section = ? AND key >= ? AND key < ?""";

    private static final String REMOVE_ROWS = """
            ;DELETE FROM platform.derived_row d USING unnest(?::text[], ?::text[]) AS r (section, key)
            WHERE d.tenant_id = ? AND d.section = r.section AND d.key = r.key""";

    private static final String PUT_ROWS = """
            ;INSERT INTO platform.derived_row (section, key, value, tenant_id)
            SELECT r.section, r.key, r.value, ? FROM unnest(?::text[], ?::text[], ?::text[]) AS r (section, key, value)
            ON CONFLICT (tenant_id, section, key) DO UPDATE SET value = excluded.value""";

    private static final String REMEMBER = """
            INSERT INTO platform.idempotency_key (tenant_id, key, request, status, answer) VALUES (?, ?, ?, ?, ?)""";

    private AppendSql() {}

    static void write(Connection connection, TenantId tenant, GroupAppend append) throws SQLException {
        if (!append.records().isEmpty()) rows(connection, tenant, append);
        if (!append.remembered().isEmpty()) remember(connection, tenant, append);
    }

    /** Everything in one round trip: statements are joined, their parameters follow each other. */
    private static void rows(Connection connection, TenantId tenant, GroupAppend append) throws SQLException {
        NetRows net = new NetRows();
        for (LogRecord record : append.records()) DerivedRows.of(record).forEach(net::add);
        List<NetRows.Name> removals = net.removals();
        List<NetRows.Name> puts = net.puts();
        String sql = HEAD_AND_ENTRIES
                + (append.moved().isEmpty() ? "" : GUARDS)
                + REMOVE_PREFIX.repeat(net.prefixes().size())
                + (removals.isEmpty() ? "" : REMOVE_ROWS)
                + (puts.isEmpty() ? "" : PUT_ROWS);
        try (var statement = connection.prepareStatement(sql)) {
            Parameters to = new Parameters(statement);
            headAndEntries(to, tenant, append);
            if (!append.moved().isEmpty()) {
                to.text(tenant.value());
                to.texts(append.moved().keySet());
                to.numbers(append.moved().values());
            }
            for (NetRows.Name prefix : net.prefixes()) {
                to.text(tenant.value());
                to.text(prefix.section());
                to.text(prefix.key());
                to.text(after(prefix.key()));
            }
            if (!removals.isEmpty()) {
                to.texts(removals.stream().map(NetRows.Name::section).toList());
                to.texts(removals.stream().map(NetRows.Name::key).toList());
                to.text(tenant.value());
            }
            if (!puts.isEmpty()) {
                to.text(tenant.value());
                to.texts(puts.stream().map(NetRows.Name::section).toList());
                to.texts(puts.stream().map(NetRows.Name::key).toList());
                to.texts(puts.stream().map(net::value).toList());
            }
            statement.execute();
        }
    }

    /** Rows that nobody reads any more; outside any append. */
    static int remove(Connection connection, TenantId tenant, List<NetRows.Name> names) throws SQLException {
        try (var statement = connection.prepareStatement(REMOVE_ROWS.substring(1))) {
            Parameters to = new Parameters(statement);
            to.texts(names.stream().map(NetRows.Name::section).toList());
            to.texts(names.stream().map(NetRows.Name::key).toList());
            to.text(tenant.value());
            return statement.executeUpdate();
        }
    }

    private static void headAndEntries(Parameters to, TenantId tenant, GroupAppend append) throws SQLException {
        List<LogRecord> records = append.records();
        to.number(append.head().position());
        to.text(append.head().hash().hex());
        to.number(append.head().revision());
        to.text(tenant.value());
        to.text(tenant.value());
        to.time(records.getFirst().time());
        to.numbers(records.stream().map(LogRecord::position).toList());
        to.texts(records.stream().map(r -> r.parent().hex()).toList());
        to.texts(records.stream().map(r -> r.hash().hex()).toList());
        to.texts(records.stream().map(AppendSql::text).toList());
    }

    private static String text(LogRecord record) {
        return new String(LogCodec.encode(record.entry()), StandardCharsets.UTF_8);
    }

    /** The first text, in the order of code points, after all that begin with this. */
    private static String after(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
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

    /** Sets one parameter after the other. */
    private static final class Parameters {
        private final PreparedStatement statement;
        private int next = 1;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        void text(String value) throws SQLException {
            statement.setString(next++, value);
        }

        void number(long value) throws SQLException {
            statement.setLong(next++, value);
        }

        void time(Instant value) throws SQLException {
            statement.setObject(next++, value.atOffset(ZoneOffset.UTC));
        }

        void texts(Collection<String> values) throws SQLException {
            array("text", values);
        }

        void numbers(Collection<Long> values) throws SQLException {
            array("bigint", values);
        }

        private void array(String type, Collection<?> values) throws SQLException {
            statement.setArray(next++, statement.getConnection().createArrayOf(type, values.toArray()));
        }
    }
}
