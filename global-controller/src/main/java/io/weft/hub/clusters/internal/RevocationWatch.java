package io.weft.hub.clusters.internal;

import io.weft.hub.clusters.SessionAuthenticator.Revocations;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks once a second for revocations by any replica and tells the listeners. Looks back a little each time, because a
 * revocation is stamped before it is committed: listeners may hear of one twice.
 */
final class RevocationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final Duration LOOK_BACK = Duration.ofSeconds(30);

    private record Revoked(TenantId tenant, ClusterName cluster, Instant at) {}

    private final JdbcClient jobs;
    private final List<Revocations> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore soon = new Semaphore(0);
    private volatile boolean closed;
    private final Thread thread;

    RevocationWatch(DataSource jobs) {
        this.jobs = JdbcClient.create(jobs);
        this.thread = Thread.ofVirtual().name("revocations").start(this::run);
    }

    AutoCloseable listen(Revocations listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** There is one to find now. */
    void lookSoon() {
        soon.release();
    }

    private void run() {
        Instant since = Instant.EPOCH;
        boolean failing = false;
        while (!closed) {
            try {
                if (soon.tryAcquire(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) soon.drainPermits();
                since = look(since);
                failing = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!failing) LOG.warn("revocations cannot be read now: {}", e.getMessage());
                failing = true;
            }
        }
    }

    private Instant look(Instant since) {
        if (listeners.isEmpty()) return since;
        Instant newest = since;
        for (Revoked revoked : read(since)) {
            for (Revocations listener : listeners) {
                listener.revoked(revoked.tenant(), revoked.cluster(), revoked.at());
            }
            if (revoked.at().isAfter(newest)) newest = revoked.at();
        }
        return newest;
    }

    private List<Revoked> read(Instant since) {
        Instant from = since.equals(Instant.EPOCH) ? since : since.minus(LOOK_BACK);
        return jobs.sql("""
                        select tenant_id, cluster, revoked_at from clusters.revocation
                        where revoked_at > ? order by revoked_at""")
                .param(Timestamp.from(from))
                .query((rows, index) -> new Revoked(
                        new TenantId(rows.getString(1)),
                        new ClusterName(rows.getString(2)),
                        rows.getTimestamp(3).toInstant()))
                .list();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
    }
}
