package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A route from the first click to its end, by form and by YAML. */
@InBrowser
class RouteIT {
    private static final Pattern APPLIED_EVERYWHERE = Pattern.compile("applied in 3 of 3, live in 0");

    @Test
    void aRouteMadeByFormIsSeenBeforeAndAfterItIsAppliedAndTakenBack(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "byform")) {
            // That there is no such route yet is asked for, and answered by 404.
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/routes/create?globalNamespace=byform").settle();
            visit.field("Service").selectOption("cart");
            visit.button("Go on to the rules").click();
            splitInTwo(visit);

            visit.button("Review and create").click();
            assertThat(visit.dialog()).containsText(Pattern.compile("in 3 clusters"));
            assertThat(visit.dialog()).containsText("weight: 90");
            visit.dialog().getByText("Create", exactly()).click();

            assertThat(visit.page().getByText(APPLIED_EVERYWHERE)).isVisible();
            assertThat(visit.row("gcp-eu-1")).containsText("Applied");
            assertThat(visit.row("gcp-eu-1")).containsText("simulated");
            assertThat(shop.rest().get(shop.routePath("cart")).good().body()).contains("\"weight\":90");

            visit.page()
                    .getByText(Pattern.compile("^Change \\d+: what exactly"))
                    .click();
            visit.button("Take it back").click();
            visit.dialog().getByText("Take it back", exactly()).click();
            assertThat(visit.heading("What was changed")).isVisible();
            assertThat(shop.rest().get(shop.routePath("cart")).status()).isEqualTo(404);
        }
    }

    /** Nine of ten requests to v1, one to v2 of the cluster that is named. */
    private static void splitInTwo(Visit visit) {
        visit.field("Destination 1: version").fill("v1");
        visit.button("Add a destination").click();
        visit.field("Destination 2: version").fill("v2");
        visit.field("Destination 2: cluster preferred").selectOption("gcp-eu-1");
        visit.page().getByLabel(Pattern.compile("^Percent of .*v1")).fill("90");
        assertThat(visit.page().getByLabel(Pattern.compile("^Percent of .*v2"))).hasValue("10");
    }

    @Test
    void formAndYamlAreTwoViewsOfOneDraft(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "bothways").route("cart", "cart", "[{split: [{weight: 100}]}]")) {
            Visit visit = visits.as("ada");
            visit.open("/t/demo/routes/bothways/cart").settle();
            visit.field("Description").fill("typed in the form");
            visit.tab("YAML").click();
            Locator editor = visit.editor();
            assertThat(editor).containsText("typed in the form");
            visit.paste(editor.innerText().replace("typed in the form", "mended in the YAML"));
            visit.tab("Rules").click();
            assertThat(visit.field("Description")).hasValue("mended in the YAML");

            visit.button("Review and apply").click();
            visit.dialog().getByText("Apply", exactly()).click();
            assertThat(visit.page().getByText(APPLIED_EVERYWHERE)).isVisible();

            visit.tab("History").click();
            assertThat(visit.row("Changed")).isVisible();
            visit.row("Created").getByText("Restore").click();
            visit.dialog().getByText("Restore", exactly()).click();
            assertThat(visit.page().getByText("Restored: applied in 3 of 3")).isVisible();
            assertThat(shop.rest().get(shop.routePath("cart")).good().body()).doesNotContain("mended");
        }
    }

    @Test
    void whatTheHubWouldNotTakeIsSaidWhereItIsWrong(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "wrong").route("cart", "cart", "[{split: [{weight: 100}]}]")) {
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/routes/wrong/cart?tab=yaml").settle();
            visit.paste("""
                    metadata: {name: cart, globalNamespace: wrong}
                    spec: {target: cart, rules: [{timeout: soon, split: [{weight: 100}]}]}
                    """);
            assertThat(visit.page().getByText("1 thing is wrong.")).isVisible();
            assertThat(visit.button("Review and apply")).hasAttribute("aria-disabled", "true");
        }
    }

    @Test
    void aYamlBombIsRefusedInOneSentenceAndThePageLives(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "bomb").route("cart", "cart", "[{split: [{weight: 100}]}]")) {
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/routes/bomb/cart?tab=yaml").settle();
            StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
            }
            visit.paste(bomb.toString());
            assertThat(visit.page()
                            .getByText(Pattern.compile("^YAML, line \\d+: "))
                            .first())
                    .isVisible();
            assertThat(visit.button("Review and apply")).hasAttribute("aria-disabled", "true");
            visit.button("Discard my changes").click();
            assertThat(visit.editor()).containsText("target: cart");
        }
    }

    @Test
    void whenSomebodyElseChangedItBothVersionsAreShownAndNothingIsLost(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "conflict").route("cart", "cart", "[{split: [{weight: 100}]}]")) {
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/routes/conflict/cart").settle();
            visit.field("Description").fill("mine");
            shop.route("cart", "cart", "[{timeout: 7s, split: [{weight: 100}]}]");

            visit.button("Compare").first().click();
            assertThat(visit.row("/spec/description")).containsText("mine");
            assertThat(visit.row("timeout")).containsText("7s");
            visit.button("Go on with what is chosen").click();
            assertThat(visit.field("Description")).hasValue("mine");
            visit.button("Review and apply").click();
            visit.dialog().getByText("Apply", exactly()).click();
            assertThat(visit.page().getByText(APPLIED_EVERYWHERE)).isVisible();

            assertThat(shop.rest().get(shop.routePath("cart")).good().body())
                    .contains("\"description\":\"mine\"", "\"7s\"");
        }
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
