package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is behind the page goes away and comes back. */
@InBrowser
class OutageIT {
    private static final IsVisibleOptions AFTER_A_START = new IsVisibleOptions().setTimeout(120_000);

    @ParameterizedTest
    @ValueSource(strings = {"hub-1", "postgresql"})
    void whatIsKilledIsSaidAndItsReturnSeenWithoutAReload(String component, ConsoleStack stack, Visits visits) {
        Visit visit = visits.as("ada").withFaults();
        visit.open("/t/demo/clusters").settle();
        assertThat(visit.row("aws-eu-1")).isVisible();
        assertThat(visit.live("Live")).isVisible();
        visit.page().evaluate("window.sameDocument = true");

        stack.kill(component);
        assertThat(visit.live("Interrupted")).isVisible();
        assertThat(visit.row("aws-eu-1")).isVisible();

        assertThat(visit.live("Live")).isVisible(AFTER_A_START);
        assertThat(visit.row("aws-eu-1").getByText("Ready")).isVisible(AFTER_A_START);
        assertThat(visit.page().evaluate("window.sameDocument")).isEqualTo(true);
    }
}
