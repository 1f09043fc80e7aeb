package io.weft.hub.platform.log;

import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code LISTEN} and {@code NOTIFY}, each on a connection of its own. Notifications go out after the commit, once for all
 * appends that waited, so that no commit waits in PostgreSQL's queue of notifications. Lost ones are made up for by polling.
 */
final class HintChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HintChannel.class);
    private static final String CHANNEL = "weft_log";
    private static final Duration RECONNECT = Duration.ofMillis(500);

    private final DataSource direct;
    private final CopyOnWriteArrayList<LogHints> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition waiting = lock.newCondition();
    private final Set<TenantId> due = new LinkedHashSet<>();
    private volatile int ownProcess = -1;
    private volatile boolean closed;
    private @Nullable Thread sender;
    private @Nullable Thread receiver;
    private volatile @Nullable Connection listening;

    HintChannel(DataSource direct) {
        this.direct = direct;
    }

    void send(TenantId tenant) {
        lock.lock();
        try {
            due.add(tenant);
            if (sender == null && !closed)
                sender = Thread.ofVirtual().name("log-notify").start(this::sendAll);
            waiting.signal();
        } finally {
            lock.unlock();
        }
    }

    AutoCloseable listen(LogHints listener) {
        listeners.add(listener);
        lock.lock();
        try {
            if (receiver == null && !closed)
                receiver = Thread.ofVirtual().name("log-listen").start(this::receiveAll);
        } finally {
            lock.unlock();
        }
        return () -> listeners.remove(listener);
    }

    private void sendAll() {
        while (!closed) {
            try (Connection connection = direct.getConnection();
                    var settings = connection.createStatement();
                    var statement = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', ?)")) {
                settings.execute("SET synchronous_commit = off"); // nothing to keep: the disk is for those that write
                ownProcess = connection.unwrap(PGConnection.class).getBackendPID();
                while (!closed) {
                    for (TenantId tenant : take()) {
                        statement.setString(1, tenant.value());
                        statement.execute();
                    }
                }
            } catch (SQLException failure) {
                LOG.debug("notifications wait", failure);
                pause();
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private Set<TenantId> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (due.isEmpty()) waiting.await();
            Set<TenantId> taken = Set.copyOf(due);
            due.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void receiveAll() {
        boolean lost = false;
        while (!closed) {
            try (Connection connection = direct.getConnection()) {
                listening = connection;
                try (var statement = connection.createStatement()) {
                    statement.execute("LISTEN " + CHANNEL);
                }
                if (lost) LOG.info("listening to the log again");
                lost = false;
                listeners.forEach(LogHints::missed);
                receive(connection.unwrap(PGConnection.class));
            } catch (SQLException failure) {
                if (!lost && !closed) LOG.warn("the log is polled: listening failed: {}", failure.getMessage());
                lost = true;
                pause();
            }
        }
    }

    private void receive(PGConnection connection) throws SQLException {
        while (!closed) {
            PGNotification[] notifications = connection.getNotifications(0);
            if (notifications == null) continue;
            for (PGNotification notification : notifications) {
                if (notification.getPID() == ownProcess) continue;
                TenantId tenant = new TenantId(notification.getParameter());
                listeners.forEach(listener -> listener.moved(tenant));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            if (sender != null) sender.interrupt();
            if (receiver != null) receiver.interrupt();
        } finally {
            lock.unlock();
        }
        Connection open = listening;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                LOG.debug("listening ended", alreadyGone);
            }
        }
    }
}
