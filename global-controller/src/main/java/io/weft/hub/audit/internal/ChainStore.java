package io.weft.hub.audit.internal;

import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.policy.image.Hash;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The tables of the chains. A record is appended by whoever holds the lock of the chain's end, in his transaction. */
final class ChainStore implements AttachmentWriter {
    private static final HexFormat HEX = HexFormat.of();

    private record End(long sequence, Hash hash, Instant now) {}

    @Override
    public void write(Connection connection, TenantId tenant, AuditEvent event, List<LogRecord> records)
            throws SQLException {
        long position = records.isEmpty() ? 0 : records.getLast().position();
        append(connection, tenant, Chain.DONE, event, position, 1);
    }

    static void append(Connection connection, TenantId tenant, Chain chain, AuditEvent event, long position, int times)
            throws SQLException {
        End end = lock(connection, tenant, chain);
        AuditRecord open = new AuditRecord(
                end.sequence() + 1,
                end.now(),
                event.actor(),
                event.action(),
                event.target(),
                event.source(),
                event.request(),
                position,
                times,
                event.detail(),
                end.hash(),
                Hash.ZERO);
        insert(connection, tenant, chain, open, ChainHash.of(tenant, chain, open));
    }

    /** Locks the end of the chain, or makes it; the update changes nothing but takes the lock. */
    private static End lock(Connection connection, TenantId tenant, Chain chain) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into audit.head as h (tenant_id, chain, seq, hash) values (?, ?, 0, ?)
                on conflict (tenant_id, chain) do update set seq = h.seq
                returning seq, hash, clock_timestamp()""")) {
            statement.setString(1, tenant.value());
            statement.setString(2, wireName(chain));
            statement.setBytes(3, bytes(Hash.ZERO));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new End(
                        rows.getLong(1),
                        hash(rows.getBytes(2)),
                        rows.getTimestamp(3).toInstant());
            }
        }
    }

    private static void insert(Connection connection, TenantId tenant, Chain chain, AuditRecord record, Hash hash)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with added as (
                  insert into audit.record
                    (tenant_id, chain, seq, at, subject, action, target, source, request, position, times, detail,
                     parent, hash)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning tenant_id, chain, seq, hash)
                update audit.head h set seq = added.seq, hash = added.hash
                from added where h.tenant_id = added.tenant_id and h.chain = added.chain""")) {
            statement.setString(1, tenant.value());
            statement.setString(2, wireName(chain));
            statement.setLong(3, record.sequence());
            statement.setTimestamp(4, Timestamp.from(record.at()));
            statement.setString(5, record.actor());
            statement.setString(6, record.action());
            statement.setString(7, record.target());
            statement.setString(8, record.source());
            statement.setString(9, record.request());
            statement.setLong(10, record.position());
            statement.setInt(11, record.times());
            statement.setString(12, record.detail());
            statement.setBytes(13, bytes(record.parent()));
            statement.setBytes(14, bytes(hash));
            if (statement.executeUpdate() != 1) throw new IllegalStateException("the end of the chain is gone");
        }
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
