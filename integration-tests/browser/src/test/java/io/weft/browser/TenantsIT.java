package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two tenants at the same time: nothing of one is ever seen by the other. */
@InBrowser
class TenantsIT {
    @Test
    void whatOneTenantHasTheOtherNeitherSeesNorIsToldOf(ConsoleStack stack, Visits visits) {
        Visit ada = visits.as("ada");
        Visit otto = visits.as("otto").withFaults();
        otto.open("/t/other/global-namespaces").settle();
        try (Scene shop = Scene.shop(stack, "between")) {
            ada.open("/t/demo/global-namespaces").settle();
            assertThat(ada.row("between")).isVisible();

            assertThat(otto.row("between")).hasCount(0);
            assertThat(otto.open("/t/other/clusters").settle().row("aws-eu-1")).hasCount(0);
            otto.open("/t/demo/clusters");
            assertThat(otto.page().getByText("There is no tenant demo for you")).isVisible();
            for (String path :
                    List.of("", "/clusters", "/global-namespaces/between", "/overview", "/stream", "/search?q=be")) {
                assertThat(otto.context()
                                .request()
                                .get("/api/v1/tenants/demo" + path)
                                .status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whatHappensInOneTabIsSeenInTheOther(ConsoleStack stack, Visits visits) {
        Visit ada = visits.as("ada");
        ada.open("/t/demo/global-namespaces").settle();
        Page second = ada.newTab();
        second.navigate("/t/demo/overview");
        assertThat(ada.live("Live")).isVisible();
        try (Scene shop = Scene.shop(stack, "tabs")) {
            assertThat(ada.row("tabs").or(ada.page().getByText("1 change – show")))
                    .isVisible();
        }
    }
}
