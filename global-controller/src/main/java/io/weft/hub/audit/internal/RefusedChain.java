package io.weft.hub.audit.internal;

import io.weft.hub.audit.AuditTrail.Chain;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.Statements;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers refused attempts for a second and appends them in one transaction a tenant, equal ones as one record with a
 * count: an attacker costs the hub a bounded amount of memory and of writes.
 */
final class RefusedChain implements RefusedAttempts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedChain.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final int MOST_DIFFERENT = 1_000;
    private static final int LONGEST_TARGET = 500;

    /** Equal attempts: the request is the first one's. */
    private record Attempt(TenantId tenant, String actor, String action, String target, String source, String detail) {}

    private record Gathered(String request, int times) {}

    private final TenantTransaction transaction;
    private final Strangers strangers;
    private Map<Attempt, Gathered> gathered = new LinkedHashMap<>();
    private volatile boolean closed;
    private final Thread writer;

    RefusedChain(TenantTransaction transaction, Strangers strangers) {
        this.transaction = transaction;
        this.strangers = strangers;
        this.writer = Thread.ofVirtual().name("refused-attempts").start(this::run);
    }

    @Override
    public void note(TenantId tenant, AuditEvent event) {
        String target = event.target()
                .substring(0, Math.min(LONGEST_TARGET, event.target().length()));
        Attempt attempt = new Attempt(tenant, event.actor(), event.action(), target, event.source(), event.detail());
        synchronized (this) {
            if (gathered.size() >= MOST_DIFFERENT && !gathered.containsKey(attempt)) {
                attempt = new Attempt(tenant, "many", "many", "many", "", "{\"reason\":\"too many to tell apart\"}");
            }
            gathered.merge(
                    attempt,
                    new Gathered(event.request(), 1),
                    (first, next) -> new Gathered(first.request(), first.times() + 1));
        }
    }

    @Override
    public void noteStranger(String action, String source, String reason) {
        strangers.note(action, source, reason);
    }

    /** Writes what was gathered; what cannot be written now is kept for the next time. */
    void flush() {
        Map<Attempt, Gathered> taken;
        synchronized (this) {
            taken = gathered;
            gathered = new LinkedHashMap<>();
        }
        Map<TenantId, Map<Attempt, Gathered>> byTenant = new LinkedHashMap<>();
        taken.forEach((attempt, count) -> byTenant.computeIfAbsent(attempt.tenant(), t -> new LinkedHashMap<>())
                .put(attempt, count));
        byTenant.forEach(this::append);
    }

    private void append(TenantId tenant, Map<Attempt, Gathered> attempts) {
        try {
            transaction.in(tenant, connection -> {
                for (var entry : attempts.entrySet()) {
                    Attempt a = entry.getKey();
                    AuditEvent event = new AuditEvent(
                            a.actor(),
                            a.action(),
                            a.target(),
                            a.source(),
                            entry.getValue().request(),
                            a.detail());
                    Statements statements = new Statements(connection);
                    ChainStore.append(
                            statements,
                            tenant,
                            Chain.REFUSED,
                            event,
                            0,
                            entry.getValue().times());
                    statements.execute();
                }
                return true;
            });
        } catch (RuntimeException e) {
            LOG.warn("refused attempts of tenant {} are not written yet: {}", tenant, e.getMessage());
            synchronized (this) {
                attempts.forEach((attempt, count) -> {
                    if (gathered.size() < MOST_DIFFERENT) {
                        gathered.merge(attempt, count, (a, b) -> new Gathered(a.request(), a.times() + b.times()));
                    }
                });
            }
        }
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            flush();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        writer.interrupt();
        writer.join();
        flush();
    }
}
