package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page of the router, in both themes: fit for everybody, and (as after every test) without a request to anywhere
 * else, a violation of the content security policy or a message in the console.
 */
@InBrowser
class EveryPageIT {
    /** What stands for the parameters of a path, by what comes before them. */
    private static final Map<String, String> PLACES = Map.of(
            "clusters/$name", "clusters/aws-eu-1",
            "global-namespaces/$name", "global-namespaces/everypage",
            "services/$gns/$name", "services/everypage/cart",
            "routes/$gns/$name", "routes/everypage/cart",
            "changes/$number", "changes/1",
            "inventory/$kind", "inventory/services");

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyPageIsFitForEverybody(ColorScheme theme, ConsoleStack stack, Visits visits) {
        try (Scene shop = Scene.shop(stack, "everypage")) {
            shop.route("cart", "cart", "[{split: [{cluster: aws-eu-1, weight: 100}]}]");
            Visit visit = visits.as("ada", theme);
            SoftAssertions all = new SoftAssertions();
            for (String path : addresses()) {
                visit.open("/t/demo/" + path).settle();
                all.assertThat(Axe.violations(visit.page()))
                        .as(path + ", " + theme)
                        .isEmpty();
            }
            all.assertAll();
        }
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (String path : RouteTable.paths()) {
            String address = PLACES.getOrDefault(path, path);
            assertThat(address)
                    .as("the test does not know what to put for the parameters")
                    .doesNotContain("$");
            addresses.add(address);
        }
        return addresses;
    }
}
