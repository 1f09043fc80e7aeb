package io.weft.hub.audit.internal;

import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.policy.image.Hash;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The tables of the chains. A record is appended by whoever holds the lock of the chain's end, in his transaction. */
final class ChainStore implements AttachmentWriter {
    private static final HexFormat HEX = HexFormat.of();

    private static final String BEGIN = """
            insert into audit.head (tenant_id, chain, seq, hash) values (?, ?, 0, ?) on conflict do nothing""";

    /**
     * Everything in one statement, so that nobody has to read the end of the chain first: its row is the lock. The hash is
     * that of {@link ChainHash}, which verifies it.
     */
    private static final String APPEND = """
            with event as (
              select ?::text tenant_id, ?::text chain, ?::text subject, ?::text action, ?::text target, ?::text source,
                     ?::text request, ?::bigint position, ?::integer times, ?::text detail),
            next as (
              select e.*, h.seq + 1 seq, h.hash parent, clock_timestamp() at
              from audit.head h join event e using (tenant_id, chain) for update of h),
            added as (
              insert into audit.record
                (tenant_id, chain, seq, at, subject, action, target, source, request, position, times, detail, parent, hash)
              select tenant_id, chain, seq, at, subject, action, target, source, request, position, times, detail, parent,
                (select sha256(string_agg(int4send(octet_length(f.bytes)) || f.bytes, ''::bytea order by f.place))
                 from (select convert_to(field, 'UTF8') bytes, place from unnest(array[
                   tenant_id, upper(chain), seq::text, (extract(epoch from at) * 1000000)::bigint::text, subject, action,
                   target, source, request, position::text, times::text, detail, encode(parent, 'hex')])
                   with ordinality fields (field, place)) f)
              from next returning tenant_id, chain, seq, hash)
            update audit.head h set seq = added.seq, hash = added.hash
            from added where h.tenant_id = added.tenant_id and h.chain = added.chain""";

    @Override
    public void write(Statements to, TenantId tenant, AuditEvent event, List<LogRecord> records) {
        long position = records.isEmpty() ? 0 : records.getLast().position();
        append(to, tenant, Chain.DONE, event, position, 1);
    }

    static void append(Statements to, TenantId tenant, Chain chain, AuditEvent event, long position, int times) {
        to.add(BEGIN).text(tenant.value()).text(wireName(chain)).bytes(bytes(Hash.ZERO));
        to.add(APPEND).text(tenant.value()).text(wireName(chain));
        to.text(event.actor()).text(event.action()).text(event.target()).text(event.source());
        to.text(event.request()).number(position).number(times).text(event.detail());
    }

    /** Records between two sequences, both left out; newest first unless {@code ascending}. */
    static List<AuditRecord> read(
            Connection connection, TenantId tenant, Chain chain, long after, long before, int limit, Order order)
            throws SQLException {
        String direction = order == Order.OLDEST_FIRST ? "asc" : "desc";
        try (PreparedStatement statement = connection.prepareStatement("""
                select seq, at, subject, action, target, source, request, position, times, detail, parent, hash
                from audit.record where tenant_id = ? and chain = ? and seq > ? and seq < ?
                order by seq %s limit ?""".formatted(direction))) {
            statement.setString(1, tenant.value());
            statement.setString(2, wireName(chain));
            statement.setLong(3, after);
            statement.setLong(4, before);
            statement.setInt(5, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<AuditRecord> records = new ArrayList<>();
                while (rows.next()) records.add(record(rows));
                return records;
            }
        }
    }

    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /** The end as the head's row has it: sequence and hash; sequence 0 when there is none. */
    static AuditRecordEnd end(Connection connection, TenantId tenant, Chain chain) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select seq, hash from audit.head where tenant_id = ? and chain = ?")) {
            statement.setString(1, tenant.value());
            statement.setString(2, wireName(chain));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new AuditRecordEnd(rows.getLong(1), hash(rows.getBytes(2)))
                        : new AuditRecordEnd(0, Hash.ZERO);
            }
        }
    }

    record AuditRecordEnd(long sequence, Hash hash) {}

    private static AuditRecord record(ResultSet rows) throws SQLException {
        return new AuditRecord(
                rows.getLong(1),
                rows.getTimestamp(2).toInstant(),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getLong(8),
                rows.getInt(9),
                rows.getString(10),
                hash(rows.getBytes(11)),
                hash(rows.getBytes(12)));
    }

    private static String wireName(Chain chain) {
        return chain.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(Hash hash) {
        return HEX.parseHex(hash.hex());
    }

    private static Hash hash(byte[] bytes) {
        return new Hash(HEX.formatHex(bytes));
    }
}
