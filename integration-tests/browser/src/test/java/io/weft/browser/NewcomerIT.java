package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.weft.fleet.SimulatedFleet;
import io.weft.fleet.shop.Shop;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The first minutes: what is there, and a cluster of one's own. */
@InBrowser
class NewcomerIT {
    private static final String CLUSTER = "sim-0001";
    private static final IsVisibleOptions ONCE_JOINED = new IsVisibleOptions().setTimeout(90_000);

    @Test
    void aClusterJoinsByTheManifestOfThePageWhichMovesByItself(ConsoleStack stack, Visits visits) throws IOException {
        Visit visit = visits.as("ada");
        assertThat(visit.title("Overview")).isVisible();
        visit.link("Clusters").first().click();
        for (String cluster : new String[] {"aws-eu-1", "aws-us-1", "gcp-eu-1"}) {
            assertThat(visit.row(cluster)).containsText("Ready");
            assertThat(visit.row(cluster)).containsText("Simulated");
        }
        visit.link("Onboard a cluster").click();
        visit.field("Name").fill(CLUSTER);
        visit.button("Add it and make a token").click();
        assertThat(steps(visit).filter(withText("(now)"))).containsText("Agent dialled");
        visit.page().evaluate("window.sameDocument = true");

        Download manifest = visit.page()
                .waitForDownload(() -> visit.button("Download the manifest").click());
        try (SimulatedFleet fleet = SimulatedFleet.inMemory(Shop.generated(1, 5))) {
            fleet.apply(CLUSTER, Files.readString(manifest.path()));
            assertThat(visit.page().getByText(CLUSTER + " is ready.")).isVisible(ONCE_JOINED);
            assertThat(steps(visit).filter(withText("(done)"))).hasCount(6);
            assertThat(visit.page().evaluate("window.sameDocument")).isEqualTo(true);
            visit.page().getByText("Open the cluster").click();
            assertThat(visit.title(CLUSTER)).isVisible();
        } finally {
            stack.rest().delete("/tenants/demo/clusters/" + CLUSTER);
        }
    }

    @Test
    void aReloadInTheMiddleOffersANewTokenAsTheOldOneIsShownOnce(ConsoleStack stack, Visits visits) {
        Visit visit = visits.as("ada");
        try {
            visit.open("/t/demo/clusters/onboard").settle();
            visit.field("Name").fill("silent");
            visit.button("Add it and make a token").click();
            assertThat(visit.page()
                            .getByText("kubectl apply -f weft-agent-silent.yaml")
                            .or(visit.page().getByLabel("The command for kubectl"))
                            .first())
                    .isVisible();
            visit.page().reload();
            visit.settle();
            assertThat(visit.button("Make a new token")).isVisible();
            assertThat(steps(visit).filter(withText("(now)"))).containsText("Agent dialled");
        } finally {
            stack.rest().delete("/tenants/demo/clusters/silent");
        }
    }

    private static Locator steps(Visit visit) {
        return visit.page()
                .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Steps of joining"))
                .getByRole(AriaRole.LISTITEM);
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
