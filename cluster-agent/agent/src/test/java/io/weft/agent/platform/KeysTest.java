package io.weft.agent.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class KeysTest {
    @Test
    void whatCouldNotBeDoneIsThereForTheNextTry() throws Exception {
        Keys<String> keys = new Keys<>();
        keys.add("a");
        keys.add("b");
        assertThatThrownBy(() -> keys.forEach(Duration.ZERO, taken -> {
                    throw new IllegalStateException("once");
                }))
                .hasMessage("once");

        List<String> done = new ArrayList<>();
        Thread next = Thread.ofVirtual()
                .start(() -> keys.forEach(Duration.ZERO, taken -> {
                    done.addAll(taken);
                    Thread.currentThread().interrupt();
                }));
        next.join();
        assertThat(done).containsExactlyInAnyOrder("a", "b");
    }
}
