package io.weft.hub.platform.log;

import static io.weft.hub.platform.log.Entries.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.weft.hub.TestDatabase;
import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.StorageException;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresLogStoreTest extends LogStoreContract {
    private static final Map<TenantId, List<Attachment.AuditEvent>> AUDIT = new ConcurrentHashMap<>();
    private static TestDatabase database;
    private static HikariDataSource pool;
    private static PostgresLogStore postgres;

    @BeforeAll
    static void start() {
        database = TestDatabase.migrated();
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.as(TestDatabase.APP));
        config.setMaximumPoolSize(8);
        pool = new HikariDataSource(config);
        postgres = store(pool);
    }

    @AfterAll
    static void stop() {
        postgres.close();
        pool.close();
    }

    private static PostgresLogStore store(DataSource connections) {
        return new PostgresLogStore(connections, database.as(TestDatabase.APP), PostgresLogStoreTest::audit);
    }

    private static void audit(Statements to, TenantId tenant, Attachment.AuditEvent event, List<LogRecord> records) {
        if (event.action().equals("broken")) to.add("SELECT 1 / 0");
        AUDIT.computeIfAbsent(tenant, any -> new ArrayList<>()).add(event);
    }

    @Override
    LogStore store() {
        return postgres;
    }

    @Override
    List<Attachment.AuditEvent> audit(TenantId of) {
        return AUDIT.getOrDefault(of, List.of());
    }

    @Test
    void aMemberThatCannotBeStoredLeavesItsGroup() {
        Attachment.AuditEvent broken = new Attachment.AuditEvent("ada", "broken", "", "", "", "{}");

        List<Outcome> outcomes = store.append(
                tenant,
                List.of(
                        change(store.head(tenant), broken),
                        Proposal.of(0, Entries.judged(Entries.EAST, Liveness.LOST))));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Committed.class);
        assertThat(store.head(tenant).position()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundInTheLog() {
        DataSource losing = LosingConnections.of(database.as(TestDatabase.APP), true);
        try (PostgresLogStore unlucky = store(losing)) {
            Outcome outcome =
                    unlucky.append(tenant, List.of(change(store.head(tenant)))).getFirst();

            assertThat(outcome).isEqualTo(new Outcome.Committed(store.read(tenant, 0, 10)));
            assertThat(store.head(tenant).position()).isEqualTo(2);
        }
    }

    @Test
    void aCommitThatNeverArrivedIsAPassingFailure() {
        DataSource losing = LosingConnections.of(database.as(TestDatabase.APP), false);
        try (PostgresLogStore unlucky = store(losing)) {
            assertThatThrownBy(() -> unlucky.append(tenant, List.of(change(store.head(tenant)))))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.passing()).isTrue());
            assertThat(store.head(tenant).position()).isZero();
        }
    }

    /** What one replica hears. */
    private static final class Heard implements LogHints {
        final List<TenantId> moved = new CopyOnWriteArrayList<>();
        final AtomicInteger missed = new AtomicInteger();

        @Override
        public void moved(TenantId tenant) {
            moved.add(tenant);
        }

        @Override
        public void missed() {
            missed.incrementAndGet();
        }
    }

    @Test
    void anotherReplicaHearsOfAnAppendAndOfAllAfterItsConnectionWasLost() throws Exception {
        Heard heard = new Heard();
        try (PostgresLogStore replica = store(pool);
                AutoCloseable listening = replica.listen(heard)) {
            await().until(() -> heard.missed.get() == 1);

            store.append(tenant, List.of(change(store.head(tenant))));
            await().until(() -> heard.moved.contains(tenant));

            database.dropConnections();
            await().until(() -> heard.missed.get() == 2);
            heard.moved.clear();
            await().ignoreExceptions().until(() -> {
                store.append(tenant, List.of(change(store.head(tenant))));
                return heard.moved.contains(tenant);
            });
        }
    }

    @Test
    void aReplicaDoesNotHearItsOwnAppends() throws Exception {
        Heard heard = new Heard();
        try (PostgresLogStore replica = store(pool);
                AutoCloseable listening = replica.listen(heard)) {
            await().until(() -> heard.missed.get() == 1);
            TenantId marker = new TenantId("marker");
            store.create(marker);

            replica.append(tenant, List.of(change(replica.head(tenant))));
            await().until(() -> {
                store.append(marker, List.of(change(store.head(marker))));
                return heard.moved.contains(marker);
            });

            assertThat(heard.moved).doesNotContain(tenant);
        }
    }

    @Test
    void anEntryIsInThePartitionOfItsMonth() throws SQLException {
        store.append(tenant, List.of(change(store.head(tenant))));

        String partition = new JdbcTenantTransaction(pool).in(tenant, connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT tableoid::regclass::text FROM platform.log_entry")) {
                rows.next();
                return rows.getString(1);
            }
        });
        assertThat(partition).matches("platform\\.log_entry_\\d{6}");
    }
}
