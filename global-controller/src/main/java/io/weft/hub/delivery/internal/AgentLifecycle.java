package io.weft.hub.delivery.internal;

import io.grpc.ServerServiceDefinition;
import io.weft.hub.clusters.AgentTls;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.delivery.AgentPort;
import io.weft.hub.delivery.AgentServer;
import io.weft.hub.delivery.AgentService;
import io.weft.hub.delivery.LivenessWatch;
import io.weft.hub.delivery.PostgresProgressStore;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.delivery.Sessions;
import io.weft.protocol.SessionLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the agents' port when everything else stands, and closes it first. Ticks the sessions, writes progress behind,
 * and keeps the lease of this replica.
 */
final class AgentLifecycle implements SmartLifecycle, AgentPort {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLifecycle.class);
    static final Duration LEASE = Duration.ofSeconds(10);
    private static final long WRITE_BEHIND_MILLIS = 200;
    private static final long JUDGE_MILLIS = 5_000;

    private final int port;
    private final AgentTls tls;
    private final AgentService agents;
    private final SessionAuthenticator authenticator;
    private final Sessions sessions;
    private final List<ServerServiceDefinition> others;
    private final ExecutorService threads;
    private final ProgressBook progress;
    private final PostgresProgressStore store;
    private final LivenessWatch liveness;

    private record Running(AgentServer server, AutoCloseable revocations, ScheduledExecutorService timer) {}

    private volatile @Nullable Running running;
    private boolean leaseFailing;
    private boolean progressFailing;
    private boolean judgingFails;

    AgentLifecycle(
            int port,
            AgentTls tls,
            AgentService agents,
            SessionAuthenticator authenticator,
            Sessions sessions,
            List<ServerServiceDefinition> others,
            ExecutorService threads,
            ProgressBook progress,
            PostgresProgressStore store,
            LivenessWatch liveness) {
        this.port = port;
        this.tls = tls;
        this.agents = agents;
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.others = List.copyOf(others);
        this.threads = threads;
        this.progress = progress;
        this.store = store;
        this.liveness = liveness;
    }

    @Override
    public int number() {
        Running now = running;
        if (now == null) throw new IllegalStateException("the agents' port is not open");
        return now.server().port();
    }

    @Override
    public void start() {
        renewLease();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(
                3, Thread.ofPlatform().daemon().name("sessions-", 0).factory());
        repeat(timer, sessions::tick, 1_000);
        repeat(timer, this::renewLease, LEASE.toMillis() / 3);
        repeat(timer, this::writeBehind, WRITE_BEHIND_MILLIS);
        repeat(timer, this::judge, JUDGE_MILLIS);
        AutoCloseable revocations = authenticator.listen(sessions::revoked);
        try {
            AgentServer server = AgentServer.start(port, tls, agents, sessions, others, SessionLimits.DEFAULT, threads);
            running = new Running(server, revocations, timer);
            LOG.info("agents are served on port {}", server.port());
        } catch (IOException e) {
            timer.shutdownNow();
            throw new UncheckedIOException("WEFT_GRPC_PORT: " + port + " (expected: a free port)", e);
        }
    }

    private static void repeat(ScheduledExecutorService timer, Runnable task, long millis) {
        Future<?> repeated = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("a task that repeats failed", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
        if (repeated.isCancelled()) throw new IllegalStateException("not scheduled");
    }

    private void renewLease() {
        try {
            store.renewLease(LEASE);
            leaseFailing = false;
        } catch (java.sql.SQLException e) {
            if (!leaseFailing) LOG.warn("the lease of this replica cannot be renewed: {}", e.getMessage());
            leaseFailing = true;
        }
    }

    private void judge() {
        try {
            liveness.look();
            judgingFails = false;
        } catch (RuntimeException e) {
            if (!judgingFails) LOG.warn("silent clusters are not judged now: {}", e.getMessage());
            judgingFails = true;
        }
    }

    private void writeBehind() {
        try {
            progress.flush();
            progressFailing = false;
        } catch (RuntimeException e) {
            if (!progressFailing) LOG.warn("progress of clusters is not written yet: {}", e.getMessage());
            progressFailing = true;
        }
    }

    @Override
    public void stop() {
        Running now = running;
        if (now == null) return;
        running = null;
        now.server().close();
        now.timer().shutdownNow();
        writeBehind();
        try {
            now.revocations().close();
        } catch (Exception e) {
            LOG.warn("while stopping", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** After the web server, so that a hub that cannot serve people does not take agents; stopped before it. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
