package io.weft.hub.world;

import io.weft.hub.platform.log.LogHints;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants that this replica of the hub serves: opened when first asked for, followed by hints and by polling, dropped
 * when nobody uses them.
 */
public final class Replicas implements LogHints {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    /** The compiler and the housekeeper. */
    private static final int OWN_LISTENERS = 2;

    private final LogStore store;
    private final Executor background;
    private final InstantSource clock;
    private final Map<TenantId, Open> open = new ConcurrentHashMap<>();

    private static final class Open {
        final TenantReplica replica;
        final ReplicaCompiler compiler;
        final Housekeeper housekeeper;
        volatile Instant used;
        /** When its image was last known to be of the log's head. */
        volatile Instant followed;

        Open(TenantReplica replica, Executor background, Instant used) {
            this.replica = replica;
            this.compiler = ReplicaCompiler.on(replica);
            this.housekeeper = Housekeeper.on(replica, background);
            this.used = used;
            this.followed = used;
        }
    }

    /** @param background reads logs, in threads that may block; never in the caller, which may hold locks */
    public Replicas(LogStore store, Executor background, InstantSource clock) {
        this.store = store;
        this.background = background;
        this.clock = clock;
    }

    /** A cold start at first. Not to be kept over requests, unless a listener is registered with it. */
    public TenantReplica of(TenantId tenant) {
        return open(tenant).replica;
    }

    /** The compiler that follows {@link #of}. */
    public ReplicaCompiler compiler(TenantId tenant) {
        return open(tenant).compiler;
    }

    /** Those that follow their logs now; to look at them keeps none of them open. */
    public List<TenantReplica> running() {
        return open.values().stream()
                .map(each -> each.replica)
                .filter(replica -> !replica.isStopped())
                .toList();
    }

    private Open open(TenantId tenant) {
        Open found = open.get(tenant);
        if (found == null || found.replica.isStopped()) {
            found = open.compute(tenant, (id, known) -> known == null || known.replica.isStopped() ? start(id) : known);
        }
        found.used = clock.instant();
        return found;
    }

    private Open start(TenantId tenant) {
        return new Open(new TenantReplica(store, tenant), background, clock.instant());
    }

    @Override
    public void moved(TenantId tenant) {
        Open found = open.get(tenant);
        if (found != null) background.execute(() -> follow(found, true));
    }

    @Override
    public void missed() {
        poll();
    }

    /** Compares every open tenant with its head; to be called about once a second. */
    public void poll() {
        for (Open each : open.values()) {
            background.execute(() -> {
                follow(each, false);
                each.housekeeper.retry();
            });
        }
    }

    /** How many tenants were not seen at their log's head for so long; those that are frozen or stopped do not count. */
    public int behind(Duration lag) {
        Instant limit = clock.instant().minus(lag);
        return (int) open.values().stream()
                .filter(each -> !each.replica.isStopped() && each.followed.isBefore(limit))
                .count();
    }

    private void follow(Open each, boolean hinted) {
        TenantReplica replica = each.replica;
        if (replica.isStopped()) return;
        try {
            if (hinted) replica.catchUp();
            else replica.checkHead();
            each.followed = clock.instant();
        } catch (ReplicaStoppedException stopped) {
            LOG.error("{}", stopped.getMessage(), stopped);
        } catch (RuntimeException failure) {
            LOG.debug("tenant {}: cannot follow the log now", replica.tenant(), failure);
        }
    }

    /** Drops tenants that nobody listens to and nobody asked for since then. */
    public void dropIdle(Duration idle) {
        Instant limit = clock.instant().minus(idle);
        open.values()
                .removeIf(each -> each.used.isBefore(limit)
                        && each.compiler.isUnwatched()
                        && each.replica.listeners() <= OWN_LISTENERS);
    }
}
