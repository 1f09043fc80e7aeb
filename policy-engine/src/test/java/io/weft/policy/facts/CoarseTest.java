package io.weft.policy.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.Dice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoarseTest {
    @Test
    void upToFourIsExactWhateverWasBefore() {
        for (int before = -1; before < 50; before++) {
            for (int exact = 0; exact <= 4; exact++)
                assertThat(Coarse.of(exact, before)).isEqualTo(exact);
        }
    }

    @Test
    void toAndFromZeroAtOnce() {
        assertThat(Coarse.of(0, 100)).isZero();
        assertThat(Coarse.of(100, 0)).isPositive();
    }

    @Test
    void aScaleUpPassesFewSteps() {
        List<Integer> seen = new ArrayList<>();
        int coarse = 5;
        for (int exact = 5; exact <= 1_000; exact++) {
            coarse = Coarse.of(exact, coarse);
            if (seen.isEmpty() || seen.getLast() != coarse) seen.add(coarse);
        }

        assertThat(seen).hasSizeBetween(15, 30);
    }

    @Test
    void whatIsSaidIsNeverFarFromWhatIs() {
        Dice dice = new Dice(1);
        int coarse = -1;
        for (int i = 0; i < 20_000; i++) {
            int exact = dice.below(300);
            coarse = Coarse.of(exact, coarse);
            assertThat(Math.abs(coarse - exact) * 4L)
                    .as("%d said as %d", exact, coarse)
                    .isLessThanOrEqualTo(exact);
        }
    }

    @Test
    void oneInstanceThatComesAndGoesDoesNotFlapAboveFour() {
        for (int least = 5; least < 300; least++) {
            int coarse = Coarse.of(least, -1);
            coarse = Coarse.of(least + 1, coarse);
            coarse = Coarse.of(least, coarse);
            int settled = coarse;
            for (int round = 0; round < 3; round++) {
                coarse = Coarse.of(least + 1, coarse);
                assertThat(coarse).as("%d of %d", least + 1, settled).isEqualTo(settled);
                coarse = Coarse.of(least, coarse);
                assertThat(coarse).as("%d of %d", least, settled).isEqualTo(settled);
            }
        }
    }
}
