package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A global namespace by wizard, and its end. */
@InBrowser
class GlobalNamespaceIT {
    private static final String CLUSTER = "/tenants/demo/clusters/aws-eu-1";

    @Test
    void theWizardCountsWhatItsRulesCatchAndShowsWhatLanded(ConsoleStack stack, Visits visits) {
        try (Scene scene = Scene.empty(stack, "wizard")) {
            Visit visit = visits.as("ada");
            visit.open("/t/demo/global-namespaces/create").settle();
            visit.field("Domain").fill("wizard.example");
            visit.field("Name").fill("wizard");
            visit.button("Next: Members").click();
            chooseNamespace(visit, "shop");
            assertThat(visit.page().getByText(Pattern.compile("All rules together: *[1-9]\\d* services in 3 clusters")))
                    .isVisible();

            visit.button("Next: Review").click();
            assertThat(visit.editor()).containsText("domain: wizard.example");
            assertThat(visit.page().getByText(Pattern.compile("\\d+ added(, \\d+ changed)? in 3 clusters")))
                    .isVisible();
            visit.button("Create wizard").click();

            assertThat(visit.page().getByText("Created: applied in 3 of 3, live in 0"))
                    .isVisible();
            Locator landed = visit.page()
                    .getByRole(
                            AriaRole.REGION, new com.microsoft.playwright.Page.GetByRoleOptions().setName("aws-eu-1"));
            assertThat(landed.first()).containsText("ServiceEntry");
        }
    }

    @Test
    void anOverlapWithAnotherGlobalNamespaceIsShownWhileItIsTyped(ConsoleStack stack, Visits visits) {
        try (Scene first = Scene.shop(stack, "first")) {
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/global-namespaces/create").settle();
            visit.field("Domain").fill("first.example");
            assertThat(visit.page()
                            .getByText(Pattern.compile("first\\.example.*first|first.*first\\.example"))
                            .first())
                    .isVisible();
        }
    }

    @Test
    void aReloadInTheMiddleOfTheWizardLosesNothingAndTheBackButtonGoesOneStepBack(ConsoleStack stack, Visits visits) {
        Visit visit = visits.as("ada");
        visit.open("/t/demo/global-namespaces/create").settle();
        visit.field("Domain").fill("half.example");
        visit.button("Next: Members").click();
        chooseNamespace(visit, "web");
        visit.page().reload();
        visit.settle();
        assertThat(visit.page().getByText("This is your draft of an earlier visit."))
                .isVisible();
        assertThat(visit.button("Remove web")).isVisible();
        visit.page().goBack();
        assertThat(visit.field("Domain")).hasValue("half.example");
        visit.page().goForward();
        assertThat(visit.button("Remove web")).isVisible();
        assertThat(stack.rest().get("/tenants/demo/global-namespaces/half").status())
                .isEqualTo(404);
    }

    @Test
    void whatIsDeletedIsGoneFromEveryClusterAndNothingElseIsTouched(ConsoleStack stack, Visits visits) {
        try (Scene stays = Scene.of(stack, "stays", "web");
                Scene goes = Scene.shop(stack, "goes")) {
            goes.route("cart", "cart", "[{split: [{weight: 100}]}]");
            Map<String, String> both = settled(stack);
            Visit visit = visits.as("ada").withFaults();
            visit.open("/t/demo/global-namespaces/goes").settle();
            visit.button("Delete").first().click();
            assertThat(visit.dialog().getByText("1 route of it goes with it, in the same change."))
                    .isVisible();
            visit.dialog().getByLabel(Pattern.compile("to confirm")).fill("goes");
            visit.dialog()
                    .getByRole(AriaRole.BUTTON)
                    .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(visit.heading("What was changed")).isVisible();

            assertThat(stack.rest().get(goes.path()).status()).isEqualTo(404);
            Awaitility.await().atMost(Scene.PATIENCE).untilAsserted(() -> {
                Map<String, String> left = objects(stack);
                assertThat(left.keySet()).isSubsetOf(both.keySet());
                assertThat(left.values()).noneMatch(object -> object.contains("goes.example"));
                assertThat(left).containsAllEntriesOf(ofGlobalNamespace("stays", both));
            });
            assertThat(stack.rest().get(stays.path()).status()).isEqualTo(200);
        }
    }

    private static void chooseNamespace(Visit visit, String namespace) {
        visit.page().getByLabel("How namespaces are chosen").first().selectOption("names");
        Locator names = visit.page().getByLabel("Add namespaces by name").first();
        names.fill(namespace);
        names.press("Enter");
    }

    /** What a cluster should have: specs by key. */
    private static Map<String, String> objects(ConsoleStack stack) {
        Map<String, String> objects = new TreeMap<>();
        for (JsonNode item :
                stack.rest().get(CLUSTER + "/objects?limit=500").good().json().path("items")) {
            objects.put(item.path("key").asString(), item.path("object").toString());
        }
        return objects;
    }

    /** Once every cluster answers, so that all have been told of all, and nothing more follows. */
    private static Map<String, String> settled(ConsoleStack stack) {
        Awaitility.await().atMost(Scene.PATIENCE).untilAsserted(() -> {
            JsonNode services = stack.rest()
                    .get("/tenants/demo/global-services?limit=500")
                    .good()
                    .json()
                    .path("items");
            assertThat(services)
                    .isNotEmpty()
                    .allSatisfy(service -> assertThat(service.path("clusters"))
                            .isNotEmpty()
                            .allSatisfy(cluster -> assertThat(
                                            cluster.path("answered").asBoolean())
                                    .as("%s", service)
                                    .isTrue()));
        });
        AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Scene.PATIENCE).until(() -> {
            Map<String, String> now = objects(stack);
            return now.equals(last.getAndSet(now));
        });
        return Objects.requireNonNull(last.get());
    }

    private static Map<String, String> ofGlobalNamespace(String name, Map<String, String> objects) {
        Map<String, String> its = new TreeMap<>(objects);
        its.values().removeIf(object -> !object.contains("\"weft.io/global-namespace\":\"" + name + "\""));
        assertThat(its).isNotEmpty();
        return its;
    }
}
