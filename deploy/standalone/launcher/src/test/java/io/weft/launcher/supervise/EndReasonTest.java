package io.weft.launcher.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndReasonTest {
    @Test
    void theInnermostCauseIsTold() {
        assertThat(EndReason.of(List.of(
                        "java.lang.IllegalStateException: outer",
                        "Caused by: java.net.BindException: inner",
                        "\tat x")))
                .isEqualTo("Caused by: java.net.BindException: inner");
    }

    @Test
    void aFullDiskIsToldBeforeWhatFollowsFromIt() {
        assertThat(EndReason.of(List.of("write: No space left on device", "Caused by: something else")))
                .contains("No space left");
    }

    @Test
    void silenceIsCalledSilence() {
        assertThat(EndReason.of(List.of())).isEqualTo("no output");
    }
}
