package io.weft.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.web.Browser.Page;
import io.weft.web.login.SecurityHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files and pages, and what every answer says to browsers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private final StubHub hub = new StubHub();
    private EdgeFixture edge;
    private Browser browser;

    @BeforeAll
    void start() {
        edge = EdgeFixture.start(hub);
        browser = edge.browser();
    }

    @AfterAll
    void stop() {
        edge.close();
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/t/demo/clusters", "/t/demo/changes/12?tab=diff"})
    void eachAddressOfTheConsoleIsItsOnePage(String path) {
        Page page = browser.open(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/app-1.js", "/favicon.gif", "/logo.svg.map", "/actuator/health", "/issuer/x"})
    void whatIsNotThereIsNotAPage(String path) {
        Page page = browser.open(path);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void filesWithAHashInTheirNameAreKeptForEverAndSentCompressed() {
        Page plain = browser.get("/assets/test-0123abcd.js");
        Page compressed = browser.send(browser.to("/assets/test-0123abcd.js").header("Accept-Encoding", "gzip"));

        assertThat(plain.header("Cache-Control")).contains("immutable").contains("max-age=31536000");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).containsIgnoringCase("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/session",
                "/api/v1/me",
                "/issuer/login",
                "/issuer/login.css",
                "/nothing.js",
                "/login/failed"
            })
    void everyAnswerHasTheHeadersThatKeepBrowsersSafe(String path) {
        Page page = browser.get(path);

        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(SecurityHeaders.CONTENT)
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Server")).isEmpty();
    }

    @Test
    void theLogInPageHasNothingWrittenIntoIt() {
        String page = browser.loginForm().body();

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("style=")
                .doesNotContain("<style")
                .contains("lang=\"en\"");
        assertThat(page).contains("<label for=\"username\">").contains("<label for=\"password\">");
        assertThat(page).contains("<code>ada</code>").contains("admin of demo").doesNotContain(EdgeFixture.PASSWORD);
        assertThat(browser.get("/issuer/login.css").body()).contains("prefers-color-scheme: dark");
    }

    @Test
    void withoutDemoUsersNobodyIsNamed() {
        try (StubHub other = new StubHub();
                EdgeFixture quiet = EdgeFixture.start(java.util.Map.of("WEFT_DEMO_PASSWORD_FILE", ""), other)) {
            Browser visitor = quiet.browser();

            assertThat(visitor.loginForm().body()).doesNotContain("ada").doesNotContain("Demo");
            assertThat(visitor.logIn("ada", EdgeFixture.PASSWORD).body()).contains("User name or password is wrong");
        }
    }

    @Test
    void byAnotherNameOfThisMachineAPersonComesToThePublicOne() {
        Browser local = new Browser(java.net.URI.create("http://localhost:" + edge.url.getPort()));

        assertThat(local.open("/t/demo/routes?q=a").header("Location")).isEqualTo(edge.url + "/t/demo/routes?q=a");
        assertThat(local.open("/login?returnTo=/t/demo").header("Location"))
                .isEqualTo(edge.url + "/login?returnTo=/t/demo");
        assertThat(local.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void behindTlsTheCookieIsForThisHostAndTlsOnly() {
        try (StubHub other = new StubHub();
                EdgeFixture secure =
                        EdgeFixture.start(java.util.Map.of("WEFT_PUBLIC_URL", "https://weft.example"), other)) {
            Page page = secure.browser().get("/login");

            assertThat(page.header("Set-Cookie"))
                    .startsWith("__Host-weft-session=")
                    .contains("Secure")
                    .contains("Path=/")
                    .contains("HttpOnly")
                    .doesNotContain("Domain");
            assertThat(page.header("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(page.header("Location")).startsWith("https://weft.example/issuer/oauth2/authorize?");
        }
    }
}
