package io.weft.it.simulation;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void whatMustAlwaysHoldHoldsWhateverHappens() {
        long from = Long.getLong("simulation.seed", 1);
        long to = Long.getLong("simulation.seed", Long.getLong("simulation.seeds", 150));
        for (long seed = from; seed <= to; seed++) {
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run(Duration.ofSeconds(40));
            } catch (Throwable failure) {
                throw new AssertionError("replay with -Dsimulation.seed=" + seed, failure);
            }
        }
    }
}
