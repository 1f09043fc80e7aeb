package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is behind the page is killed and comes back; the page is not loaded anew. */
@InBrowser
class OutageIT {
    private static final Duration A_START = Duration.ofMinutes(2);
    private static final IsVisibleOptions AFTER_A_START = new IsVisibleOptions().setTimeout(A_START.toMillis());
    private static final String AFTERWARDS = "/tenants/demo/clusters/afterwards";

    @Test
    void aHubThatIsAwayIsSaidAndItsReturnSeen(ConsoleStack stack, Visits visits) {
        Visit visit = clusters(visits);

        stack.kill("hub-1");
        assertThat(visit.live("Interrupted")).isVisible();
        assertThat(visit.row("aws-eu-1")).isVisible();

        assertThat(visit.live("Live")).isVisible(AFTER_A_START);
        assertThat(visit.row("aws-eu-1").getByText("Ready")).isVisible(AFTER_A_START);
        assertThat(visit.page().evaluate("window.sameDocument")).isEqualTo(true);
    }

    @Test
    void whatIsDeclaredAfterPostgresqlWasKilledIsSeen(ConsoleStack stack, Visits visits) {
        Visit visit = clusters(visits);

        stack.kill("postgresql");
        try {
            Awaitility.await()
                    .atMost(A_START)
                    .untilAsserted(
                            () -> stack.rest().put(AFTERWARDS, "spec: {}").good());
            assertThat(visit.row("afterwards")
                            .or(visit.page().getByText("1 change – show"))
                            .first())
                    .isVisible(AFTER_A_START);
            assertThat(visit.page().evaluate("window.sameDocument")).isEqualTo(true);
        } finally {
            stack.rest().delete(AFTERWARDS);
        }
    }

    private static Visit clusters(Visits visits) {
        Visit visit = visits.as("ada").withFaults();
        visit.open("/t/demo/clusters").settle();
        assertThat(visit.row("aws-eu-1")).isVisible();
        assertThat(visit.live("Live")).isVisible();
        visit.page().evaluate("window.sameDocument = true");
        return visit;
    }
}
