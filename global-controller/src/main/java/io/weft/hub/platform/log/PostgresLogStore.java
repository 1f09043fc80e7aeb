package io.weft.hub.platform.log;

import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.StorageException;
import io.weft.policy.image.ImageRows;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.RowChange.Row;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs in PostgreSQL. An append locks the tenant's head by updating it and holds it to the commit, under READ
 * COMMITTED, so positions have no gaps and entries become visible in the order of their positions.
 */
public final class PostgresLogStore implements LogStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLogStore.class);

    /** Rows of superseded versions that are worth a transaction of their own to be rid of. */
    private static final int WORTH_TIDYING = 200;

    static final String COMMIT = "COMMIT";

    private final DataSource pool;
    private final AttachmentWriter audit;
    private final JdbcTenantTransaction transactions;
    private final HintChannel hints;
    private final EpochOpenings epochs;
    private volatile String hubId = "";

    /**
     * @param pool connections of the application's role
     * @param direct opens a connection of the same role outside the pool, to listen on; no transaction pooler in between
     */
    public PostgresLogStore(DataSource pool, DataSource direct, AttachmentWriter audit) {
        this.pool = pool;
        this.audit = audit;
        this.transactions = new JdbcTenantTransaction(pool);
        this.hints = new HintChannel(direct);
        this.epochs = new EpochOpenings((tenant, clusters) -> transactions.in(tenant, connection -> {
            LogSql.lock(connection, tenant);
            return LogSql.openEpochs(connection, tenant, clusters);
        }));
    }

    @Override
    public String hubId() {
        if (hubId.isEmpty()) {
            try (Connection connection = pool.getConnection()) {
                hubId = LogSql.hubId(connection);
            } catch (SQLException failure) {
                throw new StorageException(failure);
            }
        }
        return hubId;
    }

    @Override
    public void create(TenantId tenant) {
        transactions.in(tenant, connection -> LogSql.createHead(connection, tenant));
    }

    @Override
    public Head head(TenantId tenant) {
        return transactions.in(tenant, connection -> LogSql.head(connection, tenant));
    }

    @Override
    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
        try {
            return appendTogether(tenant, group);
        } catch (StorageException failure) {
            if (failure.passing() || group.size() == 1) throw failure;
            LOG.warn("tenant {}: a group of {} failed, its members are tried alone", tenant, group.size(), failure);
            return appendAlone(tenant, group);
        }
    }

    private List<Outcome> appendAlone(TenantId tenant, List<Proposal> group) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Proposal proposal : group) {
            try {
                outcomes.addAll(appendTogether(tenant, List.of(proposal)));
            } catch (StorageException failure) {
                outcomes.add(new Outcome.Failed(failure));
            }
        }
        return outcomes;
    }

    /** Two round trips: the head's lock, then all that is written with the commit. */
    private List<Outcome> appendTogether(TenantId tenant, List<Proposal> group) {
        GroupAppend append;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Statements writes = new Statements(connection);
            try {
                append = decide(connection, tenant, group);
                if (!append.commitsAnything()) {
                    connection.rollback();
                    return append.outcomes();
                }
                AppendSql.write(writes, tenant, append);
                writeAudit(writes, tenant, group, append);
            } catch (Throwable failure) {
                rollBack(connection, failure);
                throw failure;
            }
            commit(writes, tenant, append);
        } catch (SQLException failure) {
            throw new StorageException(failure);
        }
        if (!append.records().isEmpty()) hints.send(tenant);
        return append.outcomes();
    }

    private static GroupAppend decide(Connection connection, TenantId tenant, List<Proposal> group)
            throws SQLException {
        LogSql.Locked locked = LogSql.lock(connection, tenant);
        GroupAppend.Asked asked = GroupAppend.asks(locked.head(), group);
        return GroupAppend.decide(locked.head(), locked.time(), group, LogSql.known(connection, tenant, asked));
    }

    private void writeAudit(Statements to, TenantId tenant, List<Proposal> group, GroupAppend append)
            throws SQLException {
        for (int i = 0; i < group.size(); i++) {
            if (append.outcomes().get(i) instanceof Outcome.Committed committed) {
                for (Attachment attachment : group.get(i).attachments()) {
                    if (attachment instanceof Attachment.AuditEvent event)
                        audit.write(to, tenant, event, committed.records());
                }
            }
        }
    }

    /** When the connection is lost meanwhile, the log itself tells what became of it. */
    private void commit(Statements writes, TenantId tenant, GroupAppend append) throws SQLException {
        try {
            writes.add(COMMIT).execute();
        } catch (SQLException failure) {
            rollBack(writes.connection(), failure);
            if (!new StorageException(failure).passing() || append.records().isEmpty()) throw failure;
            LOG.warn("tenant {}: the outcome of a commit is unknown, reading the log", tenant);
            if (!isThere(tenant, append.records().getFirst(), failure)) throw failure;
        }
    }

    /** Takes the lock of the head first: the lost transaction held it, so now it has ended one way or the other. */
    private boolean isThere(TenantId tenant, LogRecord record, SQLException lost) {
        try {
            return transactions.in(tenant, connection -> {
                LogSql.lock(connection, tenant);
                return LogSql.read(connection, tenant, record.position() - 1, 1).stream()
                        .anyMatch(found -> found.hash().equals(record.hash()));
            });
        } catch (StorageException stillAway) {
            stillAway.addSuppressed(lost);
            throw stillAway;
        }
    }

    @Override
    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
        return transactions.in(tenant, connection -> LogSql.read(connection, tenant, afterPosition, limit));
    }

    @Override
    public TenantImage load(TenantId tenant) {
        String hub = hubId();
        List<NetRows.Name> superseded = new ArrayList<>();
        TenantImage image = transactions.in(tenant, Connection.TRANSACTION_REPEATABLE_READ, connection -> {
            Head head = LogSql.head(connection, tenant);
            TenantImage empty = TenantImage.empty(tenant, hub, head.incarnation());
            List<Row> rows = LogSql.rows(connection, tenant);
            TenantImage read = ImageRows.assemble(empty, head.position(), head.hash(), head.revision(), rows);
            superseded.addAll(SupersededRows.of(read, rows));
            return read;
        });
        if (superseded.size() >= WORTH_TIDYING) tidy(tenant, superseded);
        return image;
    }

    private void tidy(TenantId tenant, List<NetRows.Name> superseded) {
        try {
            transactions.in(tenant, connection -> AppendSql.remove(connection, tenant, superseded));
        } catch (StorageException later) {
            LOG.debug("tenant {}: superseded rows stay until the next start", tenant, later);
        }
    }

    @Override
    public long openEpoch(TenantId tenant, ClusterName cluster) {
        return epochs.open(tenant, cluster);
    }

    @Override
    public Optional<Attachment.IdempotencyKey> remembered(TenantId tenant, String key) {
        return transactions.in(
                tenant,
                connection -> LogSql.remembered(connection, tenant, List.of(key)).values().stream()
                        .findFirst());
    }

    @Override
    public Head freeze(TenantId tenant, String reason) {
        LOG.error("tenant {} is frozen: {}", tenant, reason);
        return transactions.in(tenant, connection -> LogSql.freeze(connection, tenant, reason));
    }

    @Override
    public Optional<Head> unfreeze(TenantId tenant, Attachment.AuditEvent event) {
        Optional<Head> released = transactions.in(tenant, connection -> {
            Optional<Head> head = LogSql.unfreeze(connection, tenant);
            if (head.isPresent()) audit.write(connection, tenant, event, List.of());
            return head;
        });
        if (released.isPresent()) hints.send(tenant);
        return released;
    }

    @Override
    public AutoCloseable listen(LogHints listener) {
        return hints.listen(listener);
    }

    @Override
    public void close() {
        hints.close();
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
