package io.weft.hub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.delivery.DeliveryStatus.Look;
import io.weft.policy.History;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people see of an agent that says it can read the mesh and does not say what is in force there. */
class UnspokenTest {
    private static final TenantId TENANT = new TenantId("shop");
    private static final ClusterName EAST = new ClusterName("east");
    private static final String WHY = "the agent has not said whether it is in force, for more than 60 s";

    private final TenantImage image = History.shop(TENANT).image();
    private final ProgressBook book = new ProgressBook(ProgressStore.NONE);

    private String message(String reason) {
        Finding finding = new Finding.Warning(ResourceKey.cluster("east"), reason, "what waits");
        return new Look(image, new TreeMap<>(), book.of(TENANT)).message(finding);
    }

    @Test
    void itIsTheReasonInTheStatusAndInTheFindingThatWaits() {
        book.connected(TENANT, EAST, 1, Instant.EPOCH, AgentSays.NOTHING);
        assertThat(message(Finding.NOT_ANSWERED)).isEqualTo("what waits");

        book.unspoken(TENANT, EAST);

        assertThat(book.of(TENANT))
                .hasEntrySatisfying(EAST, p -> assertThat(p.liveReason()).startsWith(WHY));
        assertThat(message(Finding.NOT_ANSWERED)).startsWith("what waits; east: " + WHY);
        assertThat(message("NoSuchVersion")).isEqualTo("what waits");
    }

    @Test
    void itsNextWordTakesThePlaceOfIt() {
        book.connected(TENANT, EAST, 1, Instant.EPOCH, AgentSays.NOTHING);
        book.unspoken(TENANT, EAST);

        book.live(
                TENANT,
                EAST,
                Live.newBuilder()
                        .setState(LiveState.LIVE_STATE_WAITING)
                        .setReason("istiod does not answer")
                        .build());

        assertThat(book.of(TENANT))
                .hasEntrySatisfying(EAST, p -> assertThat(p.liveReason()).isEqualTo("istiod does not answer"));
        assertThat(message(Finding.NOT_ANSWERED)).isEqualTo("what waits");
    }
}
