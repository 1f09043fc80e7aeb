package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names, labels and words that somebody chose to do harm, or only to be merry, are shown as they are. */
@InBrowser
class UntrustedTextIT {
    private static final String MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String MERRY = "🛒 Zoë’s “shop” \u202eevil\u202c";

    @Test
    void markupIsTextOnEveryPageThatShowsIt(ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "markup")) {
            shop.rest().put(shop.path(), """
                            spec:
                              displayName: '%1$s'
                              description: '%2$s'
                              domain: markup.example
                              members:
                              - namespaceSelector: [{field: name, op: Exact, value: shop}]
                            """.formatted(MARKUP, MERRY)).good();
            shop.rest()
                    .put("/tenants/demo/clusters/markup", """
                            spec: {displayName: '%s', description: '%s', labels: {note: '%s'}}
                            """.formatted(MARKUP, MERRY, "plain"))
                    .good();
            shop.rest().put(shop.routePath("cart"), """
                            spec: {target: cart, description: '%s', rules: [{split: [{weight: 100}]}]}
                            """.formatted(MARKUP)).good();
            Visit visit = visits.as("ada");
            for (String path : List.of(
                    "overview",
                    "clusters",
                    "clusters/markup",
                    "global-namespaces?view=cards",
                    "global-namespaces/markup",
                    "global-namespaces/markup?tab=yaml",
                    "routes",
                    "routes/markup/cart",
                    "routes/markup/cart?tab=history",
                    "changes")) {
                visit.open("/t/demo/" + path).settle();
                assertThat(visit.page().locator("img[src=x], main script")).hasCount(0);
            }
            visit.open("/t/demo/clusters").settle();
            assertThat(visit.row("markup").getByText(MARKUP, new Locator.GetByTextOptions().setExact(true)))
                    .isVisible();
            visit.open("/t/demo/global-namespaces/markup").settle();
            assertThat(visit.title(MARKUP)).isVisible();
        } finally {
            stack.rest().delete("/tenants/demo/clusters/markup");
        }
    }
}
