package io.weft.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Getting in, and out again. */
@InBrowser
class LogInIT {
    @Test
    void whoHasThePrintedPasswordIsLetInAndSeesTheOverview(Visits visits) {
        Visit visit = visits.stranger().open("/");
        visit.logIn("ada");
        assertThat(visit.page()).hasURL(Pattern.compile("/t/demo/overview$"));
        assertThat(visit.title("Overview")).isVisible();
    }

    @Test
    void aWrongPasswordIsSaidAndNobodyIsLetIn(Visits visits) {
        Visit visit = visits.stranger().open("/");
        Visit.logIn(visit.page(), "ada", "not the password");
        assertThat(visit.page().getByRole(AriaRole.ALERT)).isVisible();
        assertThat(visit.context().request().get("/session").text()).contains("\"authenticated\":false");
    }

    @Test
    void whoLogsOutIsOutAtTheIssuerToo(Visits visits) {
        Visit visit = visits.as("vera").withFaults();
        visit.settle();
        visit.button("User").click();
        visit.page().getByText("Log out").click();
        assertThat(visit.button("Log in")).isVisible();
        visit.open("/t/demo/clusters");
        assertThat(visit.button("Log in")).isVisible();
    }

    @Test
    void aDeepLinkIsKeptThroughTheLogIn(Visits visits) {
        Visit visit = visits.stranger().open("/t/demo/inventory/nodes?q=aws");
        visit.logIn("vera");
        assertThat(visit.page()).hasURL(Pattern.compile("/t/demo/inventory/nodes\\?q=aws$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"})
    void noAddressElsewhereIsReturnedTo(String elsewhere, ConsoleStack stack, Visits visits) {
        Visit visit = visits.stranger();
        visit.open("/login?returnTo=" + URLEncoder.encode(elsewhere, StandardCharsets.UTF_8));
        visit.logIn("ada");
        assertThat(visit.page().url()).startsWith(stack.address() + "/");
    }

    @Test
    void aWriteWithoutTheSessionsTokenChangesNothing(ConsoleStack stack, Visits visits) {
        Visit visit = visits.as("ada");
        APIResponse forged = visit.context()
                .request()
                .put(
                        "/api/v1/tenants/demo/clusters/forged",
                        RequestOptions.create().setData("{\"spec\":{}}"));
        assertThat(forged.status()).isEqualTo(403);
        assertThat(stack.rest().get("/tenants/demo/clusters/forged").status()).isEqualTo(404);
    }
}
