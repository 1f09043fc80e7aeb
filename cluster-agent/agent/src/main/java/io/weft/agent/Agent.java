package io.weft.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.weft.agent.apply.Enforcement;
import io.weft.agent.apply.Enforcement.Round;
import io.weft.agent.apply.KubernetesObjects;
import io.weft.agent.apply.Ownership;
import io.weft.agent.discover.ClusterWatches;
import io.weft.agent.discover.ObjectWatches;
import io.weft.agent.link.HubLink;
import io.weft.agent.link.IdentityStore;
import io.weft.agent.link.LinkIdentity;
import io.weft.agent.live.LiveWatch;
import io.weft.agent.memory.SecretMemory;
import io.weft.agent.memory.StoredBundle;
import io.weft.agent.observe.Observer;
import io.weft.agent.platform.Keys;
import io.weft.agent.platform.KubernetesApi;
import io.weft.agent.platform.Metrics;
import io.weft.agent.platform.Secrets;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of the replica that leads, from the moment it does until it is closed. */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration ASK = Duration.ofSeconds(3);
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration CLAIMS_PATIENCE = Duration.ofSeconds(10);
    private static final Duration MESH_PATIENCE = Duration.ofSeconds(5);
    private static final String KUBE_SYSTEM = "kube-system";

    private final AgentSettings settings;
    private final KubernetesClient client;
    private final Metrics metrics;
    private final InstantSource clock = InstantSource.system();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile String state = "begins";

    public Agent(AgentSettings settings, KubernetesClient client, Metrics metrics) {
        this.settings = settings;
        this.client = client;
        this.metrics = metrics;
    }

    public void start() {
        threads.execute(() -> {
            try {
                run();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                state = "failed: " + e.getMessage();
                LOG.error("the agent cannot work", e);
            }
        });
    }

    /** What is wrong, for the liveness probe; empty when nothing is. */
    public String wrong() {
        return state.startsWith("failed") ? state : "";
    }

    private void run() throws InterruptedException {
        KubernetesApi api = new KubernetesApi(client);
        Secrets secrets = new Secrets(api, settings.namespace());
        String clusterUid = clusterUid();
        HubLink link = new HubLink(
                settings.hub(),
                settings.hubCa(),
                settings.joinTokenFile(),
                new IdentityStore(secrets),
                clusterUid,
                version(),
                clock,
                new SecureRandom());
        metrics.gauge("weft_agent_linked", () -> link.connected() ? 1 : 0);
        state = "joins";
        LinkIdentity identity = link.join();

        Keys<ObjectKey> objects = new Keys<>();
        Keys<Observer.Place> places = new Keys<>();
        Keys<String> claims = new Keys<>();
        Ownership ownership = new Ownership(identity.hubId());
        AgentCore[] core = new AgentCore[1];
        try (ObjectWatches objectWatches = new ObjectWatches(client, objects::add, () -> claims.add("claims"));
                ClusterWatches clusterWatches = new ClusterWatches(client, settings.meshNamespace(), places::add);
                LiveWatch live = new LiveWatch(
                        api,
                        new KubernetesObjects(api, objectWatches),
                        clusterWatches,
                        ownership,
                        settings.meshNamespace(),
                        clock,
                        found -> core[0].live(found))) {
            Observer observer = new Observer(clusterWatches, Agent::resolve, changes(core));
            objectWatches.start();
            clusterWatches.start();
            awaitClaims(objectWatches);
            awaitMesh(clusterWatches);
            var who = new AgentIdentity(
                    clusterUid, identity.hubId(), version(), UUID.randomUUID().toString(), capabilities(live));
            core[0] = core(who, ownership, api, secrets, objectWatches, observer, live);
            keep(live::run);
            core[0].start();
            keep(() -> objects.forEach(GATHER, core[0]::suspect));
            keep(() -> claims.forEach(TICK, any -> core[0].claimsChanged()));
            keep(() -> places.forEach(GATHER, observer::look));
            keep(() -> tick(core[0], places));
            keep(() -> ask(clusterWatches));
            state = "works";
            link.run(identity, core[0]);
        }
    }

    /** A thread that ended by a fault would leave an agent that seems to work. The loop returns when it is interrupted. */
    private void keep(Runnable loop) {
        threads.execute(() -> {
            while (true) {
                try {
                    loop.run();
                    return;
                } catch (RuntimeException e) {
                    if (Thread.currentThread().isInterrupted()) return;
                    LOG.error("what the agent does all the time failed; it goes on", e);
                }
                try {
                    Thread.sleep(TICK);
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    /** What cannot be done now is not claimed; should it work later, it is done all the same. */
    private List<String> capabilities(LiveWatch live) throws InterruptedException {
        String unreadable = unreadable(live);
        if (unreadable.isEmpty()) return List.of("apply", "drift", "live");
        LOG.warn("what is live cannot be measured: {}", unreadable);
        return List.of("apply", "drift");
    }

    /** A mesh that hangs must not keep the agent from applying. */
    private String unreadable(LiveWatch live) throws InterruptedException {
        Future<String> asked = threads.submit(live::unreadable);
        try {
            return asked.get(MESH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return "the mesh: no answer (expected: one within " + MESH_PATIENCE.toSeconds() + " s)";
        } catch (ExecutionException e) {
            return "the mesh: " + e.getCause();
        }
    }

    private AgentCore core(
            AgentIdentity who,
            Ownership ownership,
            KubernetesApi api,
            Secrets secrets,
            ObjectWatches objectWatches,
            Observer observer,
            LiveWatch live) {
        var enforcement = new Enforcement(new KubernetesObjects(api, objectWatches), ownership, clock);
        var parts = new AgentCore.Parts(
                who, SessionLimits.DEFAULT, new SecretMemory(secrets), enforcement, observer, clock);
        return new AgentCore(parts, threads, threads, new Telling(live));
    }

    /** Says on metrics, in the log and to the measuring of what is live what the core does. */
    private final class Telling implements AgentCore.Listener {
        private final LiveWatch live;
        private String lastLoad = "";

        Telling(LiveWatch live) {
            this.live = live;
        }

        @Override
        public void applying(StoredBundle bundle) {
            live.applying();
        }

        @Override
        public void welcomed(AgentEffect.Welcomed welcomed) {
            live.welcomed();
        }

        @Override
        public void enforced(StoredBundle bundle, Round round) {
            live.enforced(bundle, round);
            metrics.count("weft_agent_objects_written_total", round.tally().written());
            metrics.count("weft_agent_objects_deleted_total", round.tally().deleted());
            metrics.count("weft_agent_drift_corrected_total", round.drift().size());
            metrics.gauge("weft_agent_objects_refused", () -> round.refusals().size());
            metrics.gauge("weft_agent_position", () -> bundle.place().position());
            round.drift().forEach(item -> LOG.info("{}: {} by {}", item.getKey(), item.getDetail(), item.getManager()));
        }

        @Override
        public void loadFailed(String reason) {
            if (!reason.equals(lastLoad)) LOG.warn("the held bundle cannot be read: {}", reason);
            lastLoad = reason;
        }
    }

    private static Observer.Changes changes(AgentCore[] core) {
        return new Observer.Changes() {
            @Override
            public void changed(ReportKind kind, List<ReportItem> puts, List<String> removals) {
                core[0].observed(kind, puts, removals);
            }

            @Override
            public void completeness(ReportKind kind) {
                core[0].relist(kind);
            }
        };
    }

    /** Before users' own routes are known, one of ours could silently win over one of theirs. */
    private static void awaitClaims(ObjectWatches watches) throws InterruptedException {
        long until = System.nanoTime() + CLAIMS_PATIENCE.toNanos();
        while (!watches.synced() && System.nanoTime() < until) Thread.sleep(20);
    }

    /** Else it would seem that there is none to ask what is live. */
    private static void awaitMesh(ClusterWatches watches) throws InterruptedException {
        long until = System.nanoTime() + MESH_PATIENCE.toNanos();
        while (System.nanoTime() < until
                && !(watches.incompleteReason(ReportKind.REPORT_KIND_MESH)
                                + watches.incompleteReason(ReportKind.REPORT_KIND_INSTANCE))
                        .isEmpty()) Thread.sleep(20);
    }

    /** Apart from the tick: an API server that is away lets questions wait, and the hub would miss our sign of life. */
    private static void ask(ClusterWatches watches) {
        try {
            for (long round = 0; ; round++) {
                if (round % 20 == 0) watches.refresh();
                watches.askWhy();
                Thread.sleep(ASK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick(AgentCore core, Keys<Observer.Place> places) {
        try {
            for (long second = 0; ; second++) {
                if (second % 5 == 0) places.add(new Observer.Place.Cluster()); // completeness moves without events
                core.tick();
                Thread.sleep(TICK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The UID of kube-system: the cluster's own name for itself. */
    private String clusterUid() throws InterruptedException {
        while (true) {
            try {
                return client.namespaces()
                        .withName(KUBE_SYSTEM)
                        .require()
                        .getMetadata()
                        .getUid();
            } catch (RuntimeException e) {
                state = "waits for the API server: " + e.getMessage();
                Thread.sleep(TICK);
            }
        }
    }

    private static List<String> resolve(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
