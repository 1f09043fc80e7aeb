package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.weft.it.whole.Rest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Walks through the product as docs/tour.md does. */
@InBrowser
class TourIT {
    private static final String WHY_NOT_LIVE = "simulated cluster, no proxies run here";
    private static final Pattern APPLIED = Pattern.compile("applied in 3 of 3");

    @Test
    void theWalkThroughTheProductShowsWhatTheTourSays(ConsoleStack stack, Visits visits) {
        Tour tour = Tour.read();
        try (Scene shop = Scene.empty(stack, "shop")) {
            // That the route is not there yet is asked for, and answered by 404.
            Visit visit = visits.stranger().withFaults().open("/");
            visit.button("Log in").waitFor();
            tour.stop(visit, "log-in");
            visit.logIn("ada");
            clusters(tour, visit, stack.rest());
            globalNamespace(tour, visit);
            route(tour, visit);
            theRest(tour, visit);
        }
        assertThat(tour.left()).as("pictures that the walk did not come to").isEmpty();
    }

    private static void clusters(Tour tour, Visit visit, Rest rest) {
        visit.open("/t/demo/clusters").settle();
        for (String cluster : new String[] {"aws-eu-1", "aws-us-1", "gcp-eu-1"}) {
            assertThat(visit.row(cluster)).containsText("Ready");
        }
        tour.stop(visit, "clusters");
        visit.open("/t/demo/clusters/aws-eu-1");
        tour.stop(visit, "cluster");
        visit.open("/t/demo/clusters/onboard").settle();
        visit.field("Name").fill("azure-eu-1");
        visit.button("Add it and make a token").click();
        visit.button("Download the manifest").waitFor();
        tour.stop(visit, "onboard");
        rest.delete("/tenants/demo/clusters/azure-eu-1").good();
    }

    private static void globalNamespace(Tour tour, Visit visit) {
        visit.open("/t/demo/global-namespaces/create").settle();
        visit.field("Domain").fill("shop.example");
        visit.field("Shown as").fill("Online shop");
        visit.button("Next: Members").click();
        visit.page().getByLabel("How namespaces are chosen").first().selectOption("names");
        Locator names = visit.page().getByLabel("Add namespaces by name").first();
        for (String name : new String[] {"shop", "web"}) {
            names.fill(name);
            names.press("Enter");
        }
        assertThat(visit.page().getByText(Pattern.compile("All rules together: *[1-9]\\d* services in 3 clusters")))
                .isVisible();
        tour.stop(visit, "members");
        visit.button("Next: Review").click();
        assertThat(visit.page().getByText(Pattern.compile("added in 3 clusters")))
                .isVisible();
        tour.stop(visit, "review");
        visit.button("Create shop").click();
        assertThat(visit.page().getByText(APPLIED).first()).isVisible();
        whyNotLive(visit);
        tour.stop(visit, "created");
        visit.open("/t/demo/services?globalNamespace=shop");
        tour.stop(visit, "services");
        visit.open("/t/demo/services/shop/cart");
        tour.stop(visit, "service");
    }

    private static void route(Tour tour, Visit visit) {
        visit.open("/t/demo/routes/shop/cart?create=cart").settle();
        visit.field("Destination 1: version").fill("v1");
        visit.button("Add a destination").click();
        visit.field("Destination 2: version").fill("v2");
        visit.page().getByLabel(Pattern.compile("^Percent of .*v1")).fill("90");
        tour.stop(visit, "route");
        visit.tab("YAML").click();
        assertThat(visit.editor()).containsText("weight: 90");
        tour.stop(visit, "yaml");
        visit.button("Review and create").click();
        tour.stop(visit, "before");
        visit.dialog()
                .getByText("Create", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(visit.page().getByText(APPLIED).first()).isVisible();
        visit.page().getByText(Pattern.compile("^Change \\d+: what exactly")).click();
        assertThat(visit.heading("What was changed")).isVisible();
        whyNotLive(visit);
        tour.stop(visit, "change");
        visit.open("/t/demo/changes");
        tour.stop(visit, "changes");
    }

    /** Each cluster has told it. */
    private static void whyNotLive(Visit visit) {
        assertThat(visit.page().getByLabel("Progress by cluster").getByText(WHY_NOT_LIVE))
                .hasCount(3);
    }

    private static void theRest(Tour tour, Visit visit) {
        visit.open("/t/demo/inventory/nodes");
        tour.stop(visit, "nodes");
        visit.page().keyboard().press("Control+k");
        Locator field = visit.page().getByPlaceholder(Pattern.compile("^Clusters, services"));
        assertThat(field).isFocused();
        field.fill("cart");
        assertThat(visit.dialog()).containsText("cart");
        tour.stop(visit, "search");
        visit.open("/t/demo/overview");
        tour.stop(visit, "overview");
        visit.open("/t/demo/settings");
        tour.stop(visit, "settings");
    }
}
