package io.weft.it.simulation;

import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.MemoryLogStore;
import io.weft.hub.platform.log.StoreFaults;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One run from one seed. */
final class Simulation {
    static final TenantId TENANT = new TenantId("acme");
    static final String HUB_ID = "hub-1";
    private static final List<ClusterName> CLUSTERS =
            List.of(new ClusterName("east"), new ClusterName("west"), new ClusterName("north"));

    private final Random random;
    private final Scheduler scheduler;
    private final LogStore store;
    private final Histories histories = new Histories();
    private final List<HubReplica> replicas = new ArrayList<>();
    private final Operator operator = new Operator(CLUSTERS);
    private final Host world;
    private boolean faults = true;
    private int failedWrites;

    Simulation(long seed) {
        random = new Random(seed);
        scheduler = new Scheduler(random);
        world = new Host(scheduler, "world");
        store = new MemoryLogStore(HUB_ID, scheduler, tenant -> commitFault());
        store.create(TENANT);
        for (String name : List.of("a", "b")) replicas.add(new HubReplica(this, name, store));
        scheduler.after(Duration.ZERO, world, () -> any(replicas).write(TENANT, operator::clusters));
        world.every(Duration.ofMillis(400), this::disturb);
        world.every(Duration.ofMillis(700), this::operate);
    }

    void run(Duration disturbed) {
        runUntil(scheduler.instant().plus(disturbed));
        faults = false;
        replicas.forEach(replica -> replica.host().sleep(Duration.ZERO));
        replicas.forEach(replica -> replica.store().losesHints(false));
        runUntil(scheduler.instant().plus(Duration.ofSeconds(20)));
        check();
    }

    private void runUntil(Instant end) {
        while (scheduler.step(end)) {}
    }

    private void check() {
        TenantImage image = replicas.getFirst().replica().catchUp();
        for (HubReplica replica : replicas) {
            histories.saw(replica.host().name(), replica.replica().catchUp());
        }
        histories.sawTables(store, image);
    }

    private void operate() {
        if (!faults) return;
        HubReplica replica = any(replicas);
        scheduler.after(
                Duration.ZERO, replica.host(), () -> replica.write(TENANT, image -> operator.anything(image, random)));
    }

    private void disturb() {
        if (!faults) return;
        HubReplica replica = any(replicas);
        switch (random.nextInt(12)) {
            case 0 -> replica.host().sleep(Duration.ofMillis(random.nextInt(15_000)));
            case 1 -> replica.store().away(Duration.ofMillis(random.nextInt(3_000)));
            case 2 -> replica.store().losesHints(random.nextBoolean());
            case 3 -> replica.restart();
            default -> {}
        }
    }

    private StoreFaults.Fault commitFault() {
        if (!faults) return StoreFaults.Fault.NONE;
        return switch (random.nextInt(40)) {
            case 0 -> StoreFaults.Fault.BEFORE_COMMIT;
            case 1 -> StoreFaults.Fault.AFTER_COMMIT;
            default -> StoreFaults.Fault.NONE;
        };
    }

    <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Histories histories() {
        return histories;
    }

    LogStore store() {
        return store;
    }

    void noteFailedWrite() {
        failedWrites++;
    }

    int failedWrites() {
        return failedWrites;
    }
}
