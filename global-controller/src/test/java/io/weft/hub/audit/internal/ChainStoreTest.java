package io.weft.hub.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.TestDatabase;
import io.weft.hub.audit.AuditRecord;
import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.hub.audit.internal.ChainStore.Order;
import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.image.Hash;
import io.weft.policy.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ChainStoreTest {
    private static final TenantId TENANT = new TenantId("alpha");
    private static final AuditEvent EVENT =
            new AuditEvent("ada ß", "put \"x\"", "clusters/🧵", "127.0.0.1", "", "{\"a\": \"b\\nc\"}");

    private final JdbcTenantTransaction transactions =
            new JdbcTenantTransaction(TestDatabase.migrated().as(TestDatabase.APP));

    private void append(Chain chain, int times) {
        transactions.in(TENANT, connection -> {
            Statements statements = new Statements(connection);
            for (int i = 0; i < times; i++) ChainStore.append(statements, TENANT, chain, EVENT, 7, 2);
            statements.execute();
            return true;
        });
    }

    private void isWhole(Chain chain, int length) {
        List<AuditRecord> records = transactions.in(
                TENANT,
                connection -> ChainStore.read(connection, TENANT, chain, 0, Long.MAX_VALUE, 1_000, Order.OLDEST_FIRST));
        assertThat(records).hasSize(length);
        Hash parent = Hash.ZERO;
        long sequence = 0;
        for (AuditRecord record : records) {
            assertThat(record.sequence()).isEqualTo(++sequence);
            assertThat(record.parent()).isEqualTo(parent);
            assertThat(record.hash()).isEqualTo(ChainHash.of(TENANT, chain, record));
            assertThat(record.detail()).isEqualTo(EVENT.detail());
            parent = record.hash();
        }
        ChainStore.AuditRecordEnd end =
                transactions.in(TENANT, connection -> ChainStore.end(connection, TENANT, chain));
        assertThat(end).isEqualTo(new ChainStore.AuditRecordEnd(sequence, parent));
    }

    @Test
    void recordsOfOneRoundTripFollowEachOther() {
        append(Chain.DONE, 3);

        isWhole(Chain.DONE, 3);
    }

    @Test
    void whoeverAppendsAtTheSameTimeWaitsForTheEndOfTheChain() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                writers.add(() -> {
                    for (int i = 0; i < 20; i++) append(Chain.REFUSED, 2);
                    return true;
                });
            }
            for (Future<Boolean> each : threads.invokeAll(writers))
                assertThat(each.get()).isTrue();
        }

        isWhole(Chain.REFUSED, 160);
    }
}
