package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Everything on the screen is in the address. */
@InBrowser
class AddressesIT {
    @Test
    void whatIsTypedIntoAFilterIsInTheAddressAndShownAgainByIt(Visits visits) {
        Visit visit = visits.as("vera");
        visit.open("/t/demo/clusters").settle();
        assertThat(visit.row("gcp-eu-1")).isVisible();
        visit.page().getByPlaceholder("Find by name").fill("aws");
        assertThat(visit.row("gcp-eu-1")).hasCount(0);
        assertThat(visit.page()).hasURL(Pattern.compile("[?&]q=aws"));

        Visit colleague = visits.as("ed");
        colleague.open(visit.page().url()).settle();
        assertThat(colleague.row("aws-eu-1")).isVisible();
        assertThat(colleague.row("gcp-eu-1")).hasCount(0);
    }

    @Test
    void theBackButtonGoesBackThroughPagesAndAReloadStays(Visits visits) {
        Visit visit = visits.as("vera");
        visit.link("Clusters").first().click();
        assertThat(visit.page()).hasURL(Pattern.compile("/t/demo/clusters$")); // the overview names clusters too
        visit.row("aws-us-1").getByText("aws-us-1").first().click();
        assertThat(visit.title("aws-us-1")).isVisible();
        visit.page().goBack();
        assertThat(visit.title("Clusters")).isVisible();
        visit.page().goBack();
        assertThat(visit.title("Overview")).isVisible();
        visit.page().goForward();
        visit.page().goForward();
        visit.tab("Agent").click();
        visit.page().reload();
        visit.settle();
        assertThat(visit.tab("Agent")).hasAttribute("aria-selected", "true");
    }

    @Test
    void anAddressOfNothingSaysSoAndAnUnknownFileIsNoPage(Visits visits) {
        Visit visit = visits.as("vera").withFaults();
        visit.open("/t/demo/clusters/nowhere");
        assertThat(visit.title("Cluster nowhere was not found")).isVisible();
        visit.open("/t/demo/no-such-page");
        assertThat(visit.page().getByText("This page").first()).isVisible();
        assertThat(visit.context().request().get("/assets/no-such-file.js").status())
                .isEqualTo(404);
    }

    @Test
    void aViewerIsToldWhoMayChangeThings(Visits visits) {
        Visit visit = visits.as("vera");
        visit.open("/t/demo/clusters").settle();
        assertThat(visit.button("Onboard a cluster")).hasAttribute("aria-disabled", "true");
    }
}
