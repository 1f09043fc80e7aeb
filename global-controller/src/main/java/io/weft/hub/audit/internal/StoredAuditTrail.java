package io.weft.hub.audit.internal;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail;
import io.weft.hub.audit.internal.ChainStore.AuditRecordEnd;
import io.weft.hub.audit.internal.ChainStore.Order;
import io.weft.hub.platform.TenantTransaction;
import io.weft.policy.image.Hash;
import io.weft.policy.model.TenantId;
import java.util.List;

/** Reads the chains. */
final class StoredAuditTrail implements AuditTrail {
    private static final int AT_ONCE = 1_000;

    private final TenantTransaction transaction;

    StoredAuditTrail(TenantTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public Page records(TenantCaller caller, Chain chain, long before, int limit) {
        caller.require(Permission.AUDIT);
        List<AuditRecord> records = transaction.in(
                caller.tenant(),
                connection ->
                        ChainStore.read(connection, caller.tenant(), chain, 0, before, limit + 1, Order.NEWEST_FIRST));
        if (records.size() <= limit) return new Page(records, null);
        List<AuditRecord> page = records.subList(0, limit);
        return new Page(page, page.getLast().sequence());
    }

    @Override
    public Verification verify(TenantCaller caller, Chain chain) {
        caller.require(Permission.AUDIT);
        TenantId tenant = caller.tenant();
        // The end is read first: what is appended meanwhile is left for the next time.
        AuditRecordEnd end = transaction.in(tenant, connection -> ChainStore.end(connection, tenant, chain));
        Hash parent = Hash.ZERO;
        long sequence = 0;
        while (sequence < end.sequence()) {
            long after = sequence;
            List<AuditRecord> records = transaction.in(
                    tenant,
                    connection -> ChainStore.read(
                            connection, tenant, chain, after, end.sequence() + 1, AT_ONCE, Order.OLDEST_FIRST));
            if (records.isEmpty()) return new Verification(sequence, sequence + 1);
            for (AuditRecord record : records) {
                boolean follows = record.sequence() == sequence + 1
                        && record.parent().equals(parent)
                        && record.hash().equals(ChainHash.of(tenant, chain, record));
                if (!follows) return new Verification(sequence, sequence + 1);
                sequence++;
                parent = record.hash();
            }
        }
        return new Verification(sequence, parent.equals(end.hash()) ? null : sequence);
    }
}
