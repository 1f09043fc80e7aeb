package io.weft.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.it.simulation.BrokenInvariant.Invariant;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** The simulator is only worth something if it finds bugs: these are planted, and it must. */
class PlantedBugsTest {
    private static final int MOST_SEEDS = 40;

    @Test
    void stalePushByAResumedReplicaIsFound() {
        assertFound(PlantedBugs::stalePush, Invariant.NEVER_BACK);
    }

    @Test
    void lostAcknowledgementIsFound() {
        assertFound(seed -> PlantedBugs.lostAcknowledgement(), Invariant.ACKNOWLEDGED_IS_APPLIED);
    }

    @Test
    void deletionFromAPartialViewIsFound() {
        assertFound(seed -> PlantedBugs.deletionFromAPartialView(), Invariant.FACTS_ARE_TRUE);
    }

    @Test
    void sendBeforeReceiveIsFound() {
        assertFound(seed -> PlantedBugs.sendBeforeReceive(), Invariant.CALLED_IS_ANSWERED);
    }

    @Test
    void receiveNameRemovedWhileStillCalledIsFound() {
        assertFound(seed -> PlantedBugs.removalWhileStillCalled(), Invariant.CALLED_IS_ANSWERED);
    }

    @Test
    void positionReadPastAGapIsFound() {
        assertFound(PlantedBugs::readPastAGap, Invariant.REPLICAS_EQUAL);
    }

    @Test
    void aNameCountedOnBeforeTheMeshHasItIsFound() {
        assertFound(seed -> PlantedBugs.countedOnBeforeTheMeshHasIt(), Invariant.CALLED_IS_ANSWERED);
    }

    private static void assertFound(LongFunction<Plants> bug, Invariant invariant) {
        Set<Invariant> others = EnumSet.noneOf(Invariant.class);
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            try {
                new Simulation(seed, bug.apply(seed), new ReachedStates()).run(Duration.ofSeconds(30));
            } catch (BrokenInvariant broken) {
                if (broken.invariant() == invariant) return;
                others.add(broken.invariant());
            }
        }
        assertThat(others)
                .as("invariants that broke in " + MOST_SEEDS + " seeds")
                .contains(invariant);
    }
}
