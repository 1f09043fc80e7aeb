package io.weft.it.simulation;

import java.time.Duration;
import java.util.Random;

/** One thing goes wrong, or happens in a cluster, at a time. */
final class Faults {
    private final Simulation simulation;
    private final Random random;

    Faults(Simulation simulation) {
        this.simulation = simulation;
        this.random = simulation.scheduler().random();
        simulation.agents().forEach(agent -> agent.faulty(true));
    }

    void one() {
        HubReplica replica = simulation.any(simulation.replicas());
        SimulatedAgent agent = simulation.any(simulation.agents());
        Wire wire = agent.wire();
        int what = random.nextInt(40);
        if (what < 8) inCluster(agent);
        else if (what == 8) replica.host().sleep(Duration.ofMillis(random.nextInt(14_000)));
        else if (what == 9) replica.store().away(Duration.ofMillis(random.nextInt(3_000)));
        else if (what == 10) replica.store().losesHints(random.nextBoolean());
        else if (what == 11) replica.restart();
        else if (what == 12) agent.restart();
        else if (what == 13) agent.host().sleep(Duration.ofMillis(random.nextInt(14_000)));
        else if (what == 14) agent.listable(random.nextBoolean());
        else if (wire == null) return;
        else if (what <= 16) wire.breakNow();
        else if (what == 17) wire.hang();
        else if (what == 18) wire.slowAgent(Duration.ofMillis(random.nextInt(1_500)));
        else if (what == 19) wire.slowHub(Duration.ofMillis(random.nextInt(600)));
    }

    private void inCluster(SimulatedAgent agent) {
        agent.cluster().change(random);
        simulation.scheduler().after(simulation.scheduler().anyDelay(50), agent.host(), agent::look);
    }

    /** From now on nothing is wrong; what was broken stays to be found. */
    void heal() {
        simulation.replicas().forEach(replica -> {
            replica.host().sleep(Duration.ZERO);
            replica.store().away(Duration.ZERO);
            replica.store().losesHints(false);
        });
        simulation.agents().forEach(agent -> {
            agent.faulty(false);
            agent.host().sleep(Duration.ZERO);
            agent.listable(true);
            Wire wire = agent.wire();
            if (wire != null) {
                wire.slowAgent(Duration.ZERO);
                wire.slowHub(Duration.ZERO);
            }
            agent.look();
        });
    }
}
