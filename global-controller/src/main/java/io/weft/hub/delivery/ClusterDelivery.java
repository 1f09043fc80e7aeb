package io.weft.hub.delivery;

import io.weft.hub.inventory.ClusterInventory;
import io.weft.hub.inventory.FencedException;
import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.world.ContendedException;
import io.weft.hub.world.ReplicaCompiler;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.HubEffect;
import io.weft.protocol.HubEvent;
import io.weft.protocol.HubSession;
import io.weft.protocol.Place;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's end of one agent's session, with everything that the session's state machine asks for. It has no thread: what
 * blocks runs in order on one queue, the state machine on another, both over the executor given, so that reading and
 * writing never wait for storage. While storage is away, what waits for it is tried again with every {@link #tick}.
 */
public final class ClusterDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDelivery.class);

    /** What an agent can do that reads from the mesh when a bundle is in force. */
    static final String READS_LIVE = "live";

    /** Tasks that may wait for storage before nothing more is read from the agent. */
    private static final int MOST_WAITING = 64;

    /**
     * What a session stands on. All are shared by the sessions of a tenant.
     *
     * @param executor runs what it is given later or elsewhere, never in the caller, which may hold locks
     */
    public record World(
            LogStore store,
            TenantReplica replica,
            ReplicaCompiler compiler,
            ClusterInventory.Factory inventories,
            ProgressBook progress,
            InstantSource clock,
            Executor executor,
            SessionLimits limits) {}

    private final World world;
    private final TenantId tenant;
    private final ClusterName cluster;
    private final AgentLink link;
    private final HubSession session;
    private final SerialQueue steps;
    private final SerialQueue work;
    private final SessionOpened opened;

    /** Of the steps' queue. */
    private final NameLog names;

    /** Of this session; 0 before it was opened. */
    private volatile long epoch;

    private volatile @Nullable ClusterInventory inventory;
    private volatile @Nullable AutoCloseable watch;
    private volatile boolean ended;

    /** Told when a session's epoch was opened: every other session of the cluster is of the past. */
    @FunctionalInterface
    public interface SessionOpened {
        void opened(ClusterDelivery session);
    }

    /** @param clusterUid what the certificate was issued for */
    public ClusterDelivery(World world, ClusterName cluster, String clusterUid, AgentLink link, SessionOpened opened) {
        this.world = world;
        this.tenant = world.replica().tenant();
        this.cluster = cluster;
        this.link = link;
        this.opened = opened;
        this.session = new HubSession(world.store().hubId(), clusterUid, world.limits());
        this.names = new NameLog(world, cluster, new Steps());
        this.steps = new SerialQueue(world.executor());
        this.work = new SerialQueue(world.executor());
        step(new HubEvent.Opened(now()));
    }

    public TenantId tenant() {
        return tenant;
    }

    public ClusterName cluster() {
        return cluster;
    }

    public long epoch() {
        return epoch;
    }

    public boolean ended() {
        return ended;
    }

    /** Whether the transport should read on: false while much of what was read waits for storage. */
    public boolean hasRoom() {
        return work.size() < MOST_WAITING;
    }

    public void received(AgentMessage message) {
        step(new HubEvent.Received(now(), message));
    }

    /** The transport took a chunk. */
    public void sent() {
        step(new HubEvent.Sent(now()));
    }

    /** To be called at least once a second. */
    public void tick() {
        work.resume();
        ClusterInventory current = inventory;
        if (current != null && current.isDue(now()) && hasRoom()) work.add(() -> attempt(() -> current.fold(now())));
        steps.add(() -> {
            if (!ended) names.tick();
            return true;
        });
        if (hasRoom()) step(new HubEvent.Tick(now())); // else silence is the hub's own doing
    }

    /** Ends the session from this side. */
    public void fail(GoodbyeCode code, String reason) {
        step(new HubEvent.Failed(now(), code, reason));
    }

    /** The transport is gone. */
    public void lost() {
        steps.add(() -> {
            close("the link was lost");
            return true;
        });
    }

    /** What the log of names needs of its session. */
    private final class Steps implements NameLog.Session {
        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public void step(HubEvent event) {
            ClusterDelivery.this.step(event);
        }

        @Override
        public void later(SerialQueue.Task task) {
            work.add(() -> attemptOr(task));
        }

        @Override
        public void fail(GoodbyeCode code, String reason) {
            ClusterDelivery.this.fail(code, reason);
        }
    }

    private Instant now() {
        return world.clock().instant();
    }

    private void step(HubEvent event) {
        steps.add(() -> {
            if (!ended) run(event);
            return true;
        });
    }

    private void run(HubEvent first) {
        Deque<HubEvent> due = new ArrayDeque<>();
        due.add(first);
        while (!due.isEmpty()) {
            for (HubEffect effect : session.on(due.poll())) {
                try {
                    perform(effect, due);
                } catch (RuntimeException failure) {
                    LOG.error("tenant {} cluster {}: the session fails", tenant, cluster, failure);
                    due.add(new HubEvent.Failed(now(), GoodbyeCode.GOODBYE_CODE_UNAVAILABLE, "the hub failed"));
                }
            }
        }
    }

    /** What needs no storage is answered at once, into {@code due}. */
    private void perform(HubEffect effect, Deque<HubEvent> due) {
        switch (effect) {
            case HubEffect.Send e -> link.send(e.message());
            case HubEffect.Compile e ->
                due.add(new HubEvent.Compiled(
                        now(), new BundleTarget(world.compiler().compile(cluster))));
            case HubEffect.CommitIntents e -> names.intents((BundleTarget) e.target(), due);
            case HubEffect.CommitOutcome e -> names.outcome((BundleTarget) e.target(), e.refusals(), due);
            case HubEffect.CatchUp e -> work.add(() -> attempt(() -> catchUp(e)));
            case HubEffect.OpenEpoch e -> {
                names.agentReads(e.hello().getCapabilitiesList().contains(READS_LIVE));
                work.add(() -> attempt(() -> openEpoch(AgentSays.of(e.hello()))));
            }
            case HubEffect.Freeze e ->
                work.add(() -> attempt(() -> world.store().freeze(tenant, cluster + ": " + e.reason())));
            case HubEffect.CompareReports e ->
                work.add(() -> attempt(() ->
                        step(new HubEvent.ReportsCompared(now(), inventory().compare(e.hashes(), now())))));
            case HubEffect.Snapshot e ->
                work.add(() -> attempt(() -> inventory().snapshot(e, now())));
            case HubEffect.Change e -> work.add(() -> attempt(() -> inventory().change(e, now())));
            case HubEffect.LiveReported e -> {
                world.progress().live(tenant, cluster, e.live());
                names.heard(e.live());
            }
            case HubEffect.DriftReported e -> world.progress().drift(tenant, cluster, e.drift());
            case HubEffect.End e -> {
                link.end(e.code(), e.reason());
                close(e.reason());
            }
        }
    }

    /** Answers whether it is done, one way or the other. */
    private boolean attempt(Runnable task) {
        return attemptOr(() -> {
            task.run();
            return true;
        });
    }

    private boolean attemptOr(SerialQueue.Task task) {
        if (ended) return true;
        try {
            return task.run();
        } catch (ContendedException overtaken) {
            return false;
        } catch (FencedException fenced) {
            fail(GoodbyeCode.GOODBYE_CODE_REPLACED, "a newer session of the cluster took over");
            return true;
        } catch (StorageException away) {
            if (away.passing()) return false;
            LOG.error("tenant {} cluster {}: storage refuses", tenant, cluster, away);
            fail(GoodbyeCode.GOODBYE_CODE_UNAVAILABLE, "storage failed");
            return true;
        } catch (RuntimeException failure) {
            LOG.error("tenant {} cluster {}: the session fails", tenant, cluster, failure);
            fail(GoodbyeCode.GOODBYE_CODE_UNAVAILABLE, "the hub failed");
            return true;
        }
    }

    // ---- handshake

    private void catchUp(HubEffect.CatchUp asked) {
        TenantImage image = world.replica().catchUp();
        Place here = new Place(image.incarnation(), image.position());
        step(new HubEvent.CaughtUp(now(), here, history(asked, here)));
    }

    private HubEvent.History history(HubEffect.CatchUp asked, Place here) {
        Place agent = asked.agent();
        boolean comparable = !asked.positionHash().isNone()
                && agent.incarnation() == here.incarnation()
                && agent.position() > 0
                && agent.position() <= here.position();
        if (!comparable) return HubEvent.History.UNKNOWN;
        List<LogRecord> found = world.store().read(tenant, agent.position() - 1, 1);
        if (found.isEmpty() || found.getFirst().position() != agent.position()) return HubEvent.History.UNKNOWN;
        Digest here1 = Digest.ofHex(found.getFirst().hash().hex());
        return here1.equals(asked.positionHash()) ? HubEvent.History.SAME : HubEvent.History.OTHER;
    }

    private void openEpoch(AgentSays agent) {
        unwatch(); // when this is tried again
        long fresh = world.store().openEpoch(tenant, cluster);
        // What the session before still logged was logged until now; to compile without it would call what it let go.
        world.replica().catchUp();
        epoch = fresh;
        inventory = world.inventories().open(world.replica(), cluster, fresh);
        watch = world.compiler().watch(cluster, () -> step(new HubEvent.BundleChanged(now())));
        if (ended) unwatch();
        world.progress().connected(tenant, cluster, fresh, now(), agent);
        opened.opened(this);
        step(new HubEvent.EpochOpened(now(), fresh));
    }

    private ClusterInventory inventory() {
        ClusterInventory current = inventory;
        if (current == null) throw new IllegalStateException("a report before the session was opened");
        return current;
    }

    // ---- end

    private void close(String reason) {
        if (ended) return;
        ended = true;
        work.clear();
        unwatch();
        if (epoch > 0) world.progress().disconnected(tenant, cluster, epoch, now(), reason);
    }

    private void unwatch() {
        AutoCloseable watching = watch;
        if (watching == null) return;
        watch = null;
        try {
            watching.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
