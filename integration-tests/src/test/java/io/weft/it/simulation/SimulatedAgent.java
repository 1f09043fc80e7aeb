package io.weft.it.simulation;

import io.weft.agent.AgentCore;
import io.weft.agent.Inventory;
import io.weft.agent.apply.Enforcement;
import io.weft.agent.apply.Ownership;
import io.weft.agent.memory.StoredBundle;
import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import io.weft.protocol.ReportItems;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.RefusalCode;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One cluster with its agent: the shipped core over a simulated API server, disk and link. */
final class SimulatedAgent {
    static final List<ReportKind> KINDS = List.of(
            ReportKind.REPORT_KIND_NAMESPACE,
            ReportKind.REPORT_KIND_SERVICE,
            ReportKind.REPORT_KIND_VERSION,
            ReportKind.REPORT_KIND_GATEWAY,
            ReportKind.REPORT_KIND_MESH);

    private final Simulation simulation;
    private final Host host;
    private final SimulatedCluster cluster;
    private final Disk disk;
    private final WatchedObjects objects;
    private final Rounds rounds;
    private final SortedMap<ReportKind, SortedMap<String, ReportItem>> reported = new TreeMap<>();
    private @Nullable AgentCore core;
    private @Nullable Wire wire;
    private AgentCore.@Nullable Outbound out;
    private Place highest = Place.START;
    private int lives;
    private boolean heldBack;

    /** What was applied as a whole. */
    private StoredBundle inForce = StoredBundle.NOTHING;

    SimulatedAgent(Simulation simulation, SimulatedCluster cluster) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.host = new Host(simulation.scheduler(), cluster.name().value());
        this.disk = new Disk(simulation.scheduler().random());
        this.objects = new WatchedObjects(simulation.scheduler().random(), this::wrote);
        this.rounds = new Rounds(cluster, objects);
        start();
    }

    Host host() {
        return host;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    WatchedObjects objects() {
        return objects;
    }

    @Nullable
    Wire wire() {
        return wire;
    }

    void faulty(boolean now) {
        disk.faulty(now);
        objects.faulty(now);
    }

    /** Whether the brake keeps what nobody asked to remove: what a restarted agent finds and cannot explain. */
    boolean heldBack() {
        return heldBack;
    }

    /** What is on the disk, looked at from outside. */
    StoredBundle stored() {
        return disk.stored();
    }

    private void start() {
        lives++;
        inForce = StoredBundle.NOTHING;
        SessionLimits limits = SessionLimits.DEFAULT;
        Enforcement enforcement = new Enforcement(
                simulation.plants().objects(cluster, objects, host),
                new Ownership(Simulation.HUB_ID),
                simulation.scheduler());
        AgentCore fresh = new AgentCore(
                new AgentCore.Parts(
                        new AgentIdentity(
                                cluster.uid(),
                                Simulation.HUB_ID,
                                "0.1.0",
                                cluster.name() + "-" + lives,
                                cluster.readsLive() ? List.of("live") : List.of()),
                        limits,
                        simulation.plants().memory(disk),
                        enforcement,
                        new Observed(),
                        simulation.scheduler()),
                host.executor(),
                host.executor(),
                new AgentCore.Listener() {
                    @Override
                    public void enforced(StoredBundle bundle, Enforcement.Round round) {
                        notBack(bundle.place());
                        rounds.ended(bundle);
                        heldBack = round.refusals().stream()
                                .anyMatch(refusal -> refusal.getCode() == RefusalCode.REFUSAL_CODE_HELD);
                        inForce = round.refusals().isEmpty() ? bundle : StoredBundle.NOTHING;
                        sayLive(bundle);
                        round.refusals()
                                .forEach(refusal -> simulation.note(
                                        cluster.name() + " refuses " + refusal.getKey() + ": " + refusal.getReason()));
                    }

                    @Override
                    public void welcomed(AgentEffect.Welcomed welcomed) {
                        sayLive(inForce);
                    }
                });
        core = fresh;
        KINDS.forEach(kind -> reported.put(kind, cluster.items(kind)));
        fresh.start();
        host.every(Duration.ofSeconds(1), () -> {
            fresh.tick();
            if (wire == null) dial();
        });
    }

    /** The mesh takes its time, and says so only of what it still has. */
    private void sayLive(StoredBundle bundle) {
        if (bundle.version().isNone() || !cluster.readsLive()) return;
        host.scheduler().after(host.scheduler().anyDelay(500), host, () -> {
            if (core == null || inForce != bundle) return;
            simulation.inForce(cluster.name());
            core.live(Live.newBuilder()
                    .setVersion(bundle.version().bytes())
                    .setIncarnation(bundle.place().incarnation())
                    .setPosition(bundle.place().position())
                    .setState(LiveState.LIVE_STATE_LIVE)
                    .build());
        });
    }

    /** As its own watches tell the agent of what it wrote itself. */
    private void wrote(String what, ObjectKey key) {
        rounds.wrote(what);
        simulation.objectsChanged(cluster.name(), what);
        host.scheduler().after(host.scheduler().anyDelay(50), host, () -> {
            if (core != null) core.suspect(List.of(key));
        });
    }

    private void notBack(Place place) {
        if (place.equals(Place.START)) return; // knows no place: goes back only with the next push that it takes
        Place persisted = disk.stored().place();
        if (highest.isBefore(persisted)) highest = persisted;
        if (place.isBefore(highest)) {
            throw new BrokenInvariant(Invariant.NEVER_BACK, cluster.name() + " went from " + highest + " to " + place);
        }
        highest = place;
    }

    /** Killed in the middle of whatever it does, and started again. */
    void restart() {
        hangUp();
        host.kill();
        core = null;
        host.scheduler().after(host.scheduler().anyDelay(3_000), host, this::start);
    }

    private void dial() {
        AgentCore mine = core;
        if (mine == null) return;
        HubReplica replica = simulation.any(simulation.replicas());
        Wire[] opened = new Wire[1];
        Wire.End<HubMessage> agentEnd = new Wire.End<>(
                host,
                message -> {
                    if (wire == opened[0]) mine.received(message);
                },
                () -> closed(opened[0]));
        Wire fresh = replica.accept(cluster.name(), cluster.uid(), agentEnd);
        if (fresh == null) return;
        opened[0] = fresh;
        wire = fresh;
        AgentCore.Outbound stream = new AgentCore.Outbound() {
            @Override
            public void send(AgentMessage message) {
                fresh.toHub(message);
            }

            @Override
            public void end(AgentEffect.End end) {
                simulation.note(cluster.name() + " ends: " + end.code() + " " + end.reason());
                fresh.breakNow();
                if (wire == fresh) wire = null;
            }
        };
        out = stream;
        mine.connected(stream);
    }

    private void closed(Wire which) {
        if (wire != which) return;
        wire = null;
        if (core != null && out != null) core.disconnected(out);
    }

    private void hangUp() {
        if (wire != null) wire.breakNow();
        wire = null;
    }

    /** The informers saw something. */
    void look() {
        AgentCore mine = core;
        if (mine == null) return;
        for (ReportKind kind : KINDS) {
            if (kind == ReportKind.REPORT_KIND_SERVICE && !cluster.listable()) continue;
            SortedMap<String, ReportItem> now = cluster.items(kind);
            SortedMap<String, ReportItem> before = reported.getOrDefault(kind, new TreeMap<>());
            List<ReportItem> puts = now.values().stream()
                    .filter(item -> !item.equals(before.get(item.getKey())))
                    .toList();
            List<String> removals = before.keySet().stream()
                    .filter(key -> !now.containsKey(key))
                    .toList();
            reported.put(kind, now);
            if (!puts.isEmpty() || !removals.isEmpty()) mine.observed(kind, puts, removals);
        }
    }

    /** The right to list services is taken away, or given back. */
    void listable(boolean may) {
        if (cluster.listable() == may) return;
        cluster.listable(may);
        if (core != null) core.relist(ReportKind.REPORT_KIND_SERVICE);
        if (may) look();
    }

    private final class Observed implements Inventory {
        @Override
        public List<KindHash> hashes() {
            List<KindHash> hashes = new ArrayList<>();
            for (ReportKind kind : KINDS) {
                if (kind == ReportKind.REPORT_KIND_SERVICE && !cluster.listable()) continue;
                SortedMap<String, Digest> items = new TreeMap<>();
                reported.getOrDefault(kind, new TreeMap<>())
                        .forEach((key, item) -> items.put(key, new Digest(item.getHash())));
                hashes.add(KindHash.newBuilder()
                        .setKind(kind)
                        .setHash(ReportItems.ofKind(items).bytes())
                        .build());
            }
            return hashes;
        }

        @Override
        public Listing list(ReportKind kind) {
            if (kind == ReportKind.REPORT_KIND_SERVICE && !cluster.listable()) {
                return simulation.plants().unlistable();
            }
            return new Listing(
                    List.copyOf(reported.getOrDefault(kind, new TreeMap<>()).values()), "");
        }
    }
}
