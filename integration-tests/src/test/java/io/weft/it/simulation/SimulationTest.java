package io.weft.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    /** What 80 seeds reach at least; rises when more is simulated, and never falls. */
    private static final int FLOOR = 4_200;

    private static final long SEEDS = 80;

    @Test
    void whatMustAlwaysHoldHoldsWhateverHappens() {
        Long only = Long.getLong("simulation.seed");
        long seeds = Long.getLong("simulation.seeds", SEEDS);
        ReachedStates states = new ReachedStates();
        if (only != null) {
            run(only, states);
            return;
        }
        for (long seed = 1; seed <= seeds; seed++) run(seed, states);
        states.publish(seeds);
        if (seeds >= SEEDS) assertThat(states.count()).isGreaterThanOrEqualTo(FLOOR);
    }

    private static void run(long seed, ReachedStates states) {
        try {
            new Simulation(seed, Plants.NONE, states).run(Duration.ofSeconds(40));
        } catch (Throwable failure) {
            throw new AssertionError("replay it alone with -Dsimulation.seed=" + seed, failure);
        }
    }
}
