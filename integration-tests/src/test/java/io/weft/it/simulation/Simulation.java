package io.weft.it.simulation;

import io.weft.hub.inventory.ClusterInventory;
import io.weft.hub.inventory.MemoryInventoryStore;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.MemoryLogStore;
import io.weft.hub.platform.log.StoreFaults;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.TenantId;
import io.weft.protocol.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** One run from one seed: two replicas, three clusters, people who write, and everything that goes wrong. */
final class Simulation {
    static final TenantId TENANT = new TenantId("acme");
    static final String HUB_ID = "hub-1";
    private static final List<ClusterName> CLUSTERS =
            List.of(new ClusterName("east"), new ClusterName("west"), new ClusterName("north"));

    private final Random random;
    private final Scheduler scheduler;
    private final Plants plants;
    private final LogStore store;
    private final ClusterInventory.Factory inventories;
    private final Histories histories = new Histories(CLUSTERS);
    private final List<HubReplica> replicas = new ArrayList<>();
    private final List<SimulatedAgent> agents = new ArrayList<>();
    private final CallsAndAnswers names = new CallsAndAnswers();
    private final Operator operator = new Operator(CLUSTERS);
    private final Faults disturbances;
    private final Deque<String> notes = new ArrayDeque<>();
    private boolean faults = true;

    Simulation(long seed, Plants plants, ReachedStates states) {
        this.random = new Random(seed);
        this.scheduler = new Scheduler(random);
        this.plants = plants;
        this.store = new MemoryLogStore(HUB_ID, scheduler, tenant -> commitFault());
        MemoryInventoryStore reports = new MemoryInventoryStore(scheduler);
        this.inventories = (replica, cluster, epoch) -> new ClusterInventory(reports, replica, cluster, epoch);
        store.create(TENANT);
        for (String name : List.of("a", "b")) replicas.add(new HubReplica(this, name, store));
        for (int i = 0; i < CLUSTERS.size(); i++) {
            agents.add(new SimulatedAgent(this, new SimulatedCluster(CLUSTERS.get(i), i + 1)));
        }
        disturbances = new Faults(this);
        Host world = new Host(scheduler, "world");
        scheduler.after(Duration.ZERO, world, () -> declare(world));
        world.every(Duration.ofMillis(300), () -> {
            if (faults) disturbances.one();
        });
        world.every(Duration.ofMillis(700), () -> {
            if (faults) operate();
        });
        world.every(Duration.ofMillis(250), () -> states.reached(AbstractState.of(this)));
    }

    /** Faults and writes for a while, then none; 20 s after the last was found, everything must be as declared. */
    void run(Duration disturbed) {
        try {
            runUntil(scheduler.instant().plus(disturbed));
            faults = false;
            disturbances.heal();
            Duration found = SessionLimits.DEFAULT.silence().plusSeconds(1); // a link that hangs is a fault until then
            runUntil(scheduler.instant().plus(found).plusSeconds(20));
            new Settled(this).check();
        } catch (BrokenInvariant broken) {
            broken.addSuppressed(new AssertionError("before it: " + String.join("\n", notes)));
            throw broken;
        }
    }

    private void runUntil(Instant end) {
        while (scheduler.step(end)) {}
    }

    private void operate() {
        HubReplica replica = any(replicas);
        scheduler.after(Duration.ZERO, replica.host(), () -> replica.write(image -> operator.anything(image, random)));
    }

    /** The clusters themselves, until it is done: without them nothing happens. */
    private void declare(Host world) {
        if (!store.load(TENANT).resources(Kind.CLUSTER).isEmpty()) return;
        any(replicas).write(operator::clusters);
        scheduler.after(Duration.ofSeconds(1), world, () -> declare(world));
    }

    private StoreFaults.Fault commitFault() {
        if (!faults) return StoreFaults.Fault.NONE;
        return switch (random.nextInt(60)) {
            case 0 -> StoreFaults.Fault.BEFORE_COMMIT;
            case 1 -> StoreFaults.Fault.AFTER_COMMIT;
            default -> StoreFaults.Fault.NONE;
        };
    }

    /** An object was written in a cluster. */
    void objectsChanged(ClusterName cluster, String what) {
        note(cluster + ": " + what);
        for (SimulatedAgent agent : agents) {
            names.set(agent.cluster().name(), agent.objects(), scheduler.instant());
        }
        names.check(() -> store.load(TENANT));
    }

    /** All proxies of the cluster have what was written last. */
    void inForce(ClusterName cluster) {
        names.settled(cluster);
    }

    void note(String what) {
        scheduler.trace().add(what);
        notes.add(scheduler.instant() + " " + what);
        if (notes.size() > 60) notes.removeFirst();
    }

    <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Trace trace() {
        return scheduler.trace();
    }

    Plants plants() {
        return plants;
    }

    Histories histories() {
        return histories;
    }

    LogStore store() {
        return store;
    }

    ClusterInventory.Factory inventories() {
        return inventories;
    }

    List<HubReplica> replicas() {
        return replicas;
    }

    List<SimulatedAgent> agents() {
        return agents;
    }
}
