package io.weft.hub.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.world.Housekeeping.Oldest;
import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private final History history = History.shop(Samples.TENANT);
    private final Map<GnsName, Oldest> known = new HashMap<>();

    /** It is the most common change, and to look at everything after each would cost as much as there is. */
    @Test
    void routesMakeNothingDueNorDoTheirReleases() {
        matters(() -> history.put(route(1)));

        assertThat(matters(() -> history.put(route(2)))).isFalse();
        assertThat(matters(() -> history.delete(route(2).key()))).isFalse();
    }

    @Test
    void aReleaseThatLeavesADomainBehindMatters() {
        matters(() -> history.put(route(1)));
        history.change(
                List.of(Samples.globalNamespace(Samples.SHOP, "new.example", 1, Samples.named("shop"))),
                Samples.set(),
                false);

        assertThat(matters(() -> history.release(route(1).key().scope()))).isTrue();
        assertThat(matters(() -> history.release(route(1).key().scope()))).isFalse();
    }

    @Test
    void whateverElseIsDeclaredMatters() {
        assertThat(matters(() -> history.put(Samples.shop(1)))).isTrue();
        assertThat(matters(() -> history.put(Samples.cluster(Samples.EAST, 1)))).isTrue();
        assertThat(matters(() -> history.delete(ResourceKey.globalNamespace("shop"))))
                .isTrue();
    }

    private static Resource route(int weight) {
        return Samples.route(
                Samples.SHOP, "cart", "cart", 1, Samples.version("v1", weight), Samples.version("v2", 100 - weight));
    }

    /** Whether anything that is written makes something due. */
    private boolean matters(Runnable written) {
        int before = history.records().size();
        written.run();
        boolean matters = false;
        for (LogRecord record :
                history.records().subList(before, history.records().size())) {
            matters |= Housekeeping.mayMatter(record.entry(), history.image(), known);
        }
        return matters;
    }
}
