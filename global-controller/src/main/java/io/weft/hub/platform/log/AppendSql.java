package io.weft.hub.platform.log;

import io.weft.hub.platform.Statements;
import io.weft.policy.image.DerivedRows;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes a group: head, entries, derived rows, guards, idempotency keys. */
final class AppendSql {
    private static final String HEAD = """
            UPDATE platform.tenant_head SET position = ?, hash = ?, revision = ? WHERE tenant_id = ?""";

    private static final String ENTRIES = """
            INSERT INTO platform.log_entry (tenant_id, position, time, parent, hash, entry)
            SELECT ?, e.position, ?, e.parent, e.hash, e.entry
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) AS e (position, parent, hash, entry)""";

    private static final String GUARDS = """
            INSERT INTO platform.guard (tenant_id, key, position)
            SELECT ?, g.key, g.position FROM unnest(?::text[], ?::bigint[]) AS g (key, position)
            ON CONFLICT (tenant_id, key) DO UPDATE SET position = excluded.position""";

    /** By a range of keys, which an index finds; {@code starts_with} of a parameter it does not. */
    private static final String REMOVE_PREFIX = """
            DELETE FROM platform.derived_row WHERE tenant_id = ? AND section = ? AND key >= ? AND key < ?""";

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

    static void write(Statements to, TenantId tenant, GroupAppend append) {
        if (!append.records().isEmpty()) {
            headAndEntries(to, tenant, append);
            rows(to, tenant, append);
        }
        remember(to, tenant, append);
    }

    private static void rows(Statements to, TenantId tenant, GroupAppend append) {
        NetRows net = new NetRows();
        for (LogRecord record : append.records()) DerivedRows.of(record).forEach(net::add);
        if (!append.moved().isEmpty()) {
            to.add(GUARDS).text(tenant.value());
            to.texts(append.moved().keySet()).numbers(append.moved().values());
        }
        for (NetRows.Name prefix : net.prefixes()) {
            to.add(REMOVE_PREFIX).text(tenant.value()).text(prefix.section());
            to.text(prefix.key()).text(after(prefix.key()));
        }
        if (!net.removals().isEmpty()) remove(to, tenant, net.removals());
        List<NetRows.Name> puts = net.puts();
        if (puts.isEmpty()) return;
        to.add(PUT_ROWS).text(tenant.value());
        to.texts(puts.stream().map(NetRows.Name::section).toList());
        to.texts(puts.stream().map(NetRows.Name::key).toList());
        to.texts(puts.stream().map(net::value).toList());
    }

    private static void remove(Statements to, TenantId tenant, List<NetRows.Name> names) {
        to.add(REMOVE_ROWS);
        to.texts(names.stream().map(NetRows.Name::section).toList());
        to.texts(names.stream().map(NetRows.Name::key).toList());
        to.text(tenant.value());
    }

    /** Rows that nobody reads any more; outside any append. */
    static int remove(Connection connection, TenantId tenant, List<NetRows.Name> names) throws SQLException {
        Statements statements = new Statements(connection);
        remove(statements, tenant, names);
        statements.execute();
        return names.size();
    }

    private static void headAndEntries(Statements to, TenantId tenant, GroupAppend append) {
        List<LogRecord> records = append.records();
        to.add(HEAD).number(append.head().position()).text(append.head().hash().hex());
        to.number(append.head().revision()).text(tenant.value());
        to.add(ENTRIES).text(tenant.value()).time(records.getFirst().time());
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

    private static void remember(Statements to, TenantId tenant, GroupAppend append) {
        for (Attachment.IdempotencyKey key : append.remembered().values()) {
            to.add(REMEMBER).text(tenant.value()).text(key.key());
            to.text(key.request().hex()).number(key.status()).text(key.answer());
        }
    }
}
