package io.weft.launcher.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff();

    @Test
    void pausesDoubleUpToHalfAMinute() {
        assertThat(IntStream.range(0, 8)
                        .mapToObj(
                                attempt -> backOff.after(Duration.ofSeconds(1)).toMillis()))
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aMinuteOfLifeForgetsEarlierCrashes() {
        backOff.after(Duration.ofSeconds(1));
        backOff.after(Duration.ofSeconds(1));

        assertThat(backOff.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(500));
    }
}
