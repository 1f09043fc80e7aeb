package io.weft.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.web.Browser.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People log in at the embedded issuer, work, and log out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogInTest {
    private final StubHub hub = new StubHub();
    private EdgeFixture edge;

    @BeforeAll
    void start() {
        edge = EdgeFixture.start(hub);
    }

    @AfterAll
    void stop() {
        edge.close();
        hub.close();
    }

    private Browser ada() {
        Browser browser = edge.browser();
        assertThat(browser.logIn("ada", EdgeFixture.PASSWORD).status()).isEqualTo(200);
        return browser;
    }

    @Test
    void nobodyIsToldWhereToLogIn() {
        Page page = edge.browser().get("/session");

        assertThat(page.json()).hasToString("{\"authenticated\":false,\"loginUrl\":\"/login\"}");
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    @Test
    void aPersonLogsInAndIsKnown() {
        JsonNode session = ada().session();

        assertThat(session.path("authenticated").asBoolean()).isTrue();
        assertThat(session.path("user"))
                .hasToString("{\"name\":\"ada\",\"displayName\":\"Ada Adler\",\"email\":\"ada@demo.example\"}");
        assertThat(session.path("tenants")).hasToString("[{\"name\":\"demo\",\"roles\":[\"admin\"]}]");
        assertThat(session.path("issuer")).hasToString("{\"kind\":\"embedded\"}");
        assertThat(session.path("demo").asBoolean()).isTrue();
        assertThat(session.path("csrf").path("headerName").asString()).isEqualTo("X-CSRF-TOKEN");
        assertThat(java.time.Instant.parse(session.path("expiresAt").asString()))
                .isAfter(java.time.Instant.now());
    }

    @Test
    void theHubGetsThePersonsTokenAndNoCookie() {
        Browser ada = ada();

        assertThat(ada.get("/api/v1/tenants/demo/clusters?limit=5&q=a%20b").status())
                .isEqualTo(200);

        StubHub.Seen seen = hub.last();
        assertThat(seen.path()).isEqualTo("/api/v1/tenants/demo/clusters?limit=5&q=a%20b");
        JsonNode claims = StubHub.claims(seen.header("authorization"));
        assertThat(claims.path("preferred_username").asString()).isEqualTo("ada");
        assertThat(claims.path("aud").toString()).contains("weft");
        assertThat(claims.path("iss").asString()).isEqualTo(edge.url + "/issuer");
        assertThat(claims.path("weft_tenants")).hasToString("{\"demo\":[\"admin\"]}");
        assertThat(seen.headers()).doesNotContainKeys("cookie", "x-csrf-token");
    }

    @Test
    void aWriteOfAPersonReachesTheHub() {
        Browser ada = ada();

        Page page = ada.send(ada.write("/api/v1/tenants/demo/clusters/a")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"3\"")
                .PUT(BodyPublishers.ofString("{\"a\": 1}")));

        assertThat(page.status()).isEqualTo(200);
        assertThat(hub.last().method()).isEqualTo("PUT");
        assertThat(hub.last().body()).isEqualTo("{\"a\": 1}");
        assertThat(hub.last().headers()).containsEntry("if-match", "\"3\"").containsKey("authorization");
    }

    @Test
    void theTenantOfOthersIsNotThere() {
        assertThat(ada().get("/api/v1/tenants/other/clusters").status()).isEqualTo(404);
    }

    @Test
    void logOutEndsTheSessionHereAndAtTheIssuer() {
        Browser ada = ada();

        Page answer = ada.send(ada.write("/logout").POST(BodyPublishers.noBody()));

        String redirect = answer.json().path("redirect").asString();
        assertThat(redirect).startsWith(edge.url + "/issuer/connect/logout?id_token_hint=");
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(401);
        Page back = ada.get(redirect);
        assertThat(back.location()).hasToString(edge.url + "/");
        assertThat(ada.loginForm().body()).contains("name=\"password\"");
    }

    @Test
    void logOutAtTheIssuerEndsTheSessionHere() {
        Browser ada = ada();
        Browser copy = edge.browser();
        String redirect = ada.send(ada.write("/logout").POST(BodyPublishers.noBody()))
                .json()
                .path("redirect")
                .asString();
        copy.logIn("ada", EdgeFixture.PASSWORD);
        assertThat(copy.session().path("authenticated").asBoolean()).isTrue();

        assertThat(copy.follow(copy.get(redirect)).status()).isEqualTo(200);

        assertThat(copy.session().path("authenticated").asBoolean()).isFalse();
    }

    @Test
    void twoTabsCanLogInAtTheSameTime() {
        Browser browser = edge.browser();
        Page first = browser.follow(browser.get("/login?returnTo=/t/demo/clusters"));
        browser.follow(browser.get("/login?returnTo=/t/demo/routes"));

        Page entered = browser.enter(first, "ada", EdgeFixture.PASSWORD);

        assertThat(browser.follow(entered).status()).isEqualTo(200);
        assertThat(browser.session().path("authenticated").asBoolean()).isTrue();
    }

    @Test
    void theSessionsNameChangesAtLogIn() {
        Browser browser = edge.browser();
        Page form = browser.loginForm();
        String before = browser.cookie().getValue();

        browser.follow(browser.enter(form, "ada", EdgeFixture.PASSWORD));

        assertThat(browser.cookie().getValue()).isNotEqualTo(before);
        Page old = edge.browser().send(edge.browser().to("/api/v1/me").header("Cookie", "weft-session=" + before));
        assertThat(old.status()).isEqualTo(401);
    }

    @Test
    void theCookieIsNotForScriptsAndNotForOtherSites() {
        Page page = edge.browser().get("/login");

        assertThat(page.header("Set-Cookie"))
                .startsWith("weft-session=")
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/");
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneStillWorks() {
        Browser browser = edge.browser();

        Page page = browser.logIn("vera", "wrong");

        assertThat(page.body()).contains("role=\"alert\"").contains("User name or password is wrong");
        assertThat(browser.follow(browser.enter(page, "vera", EdgeFixture.PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(browser.session().path("user").path("name").asString()).isEqualTo("vera");
    }

    @Test
    void guessingPasswordsIsSlowedDown() {
        Browser browser = edge.browser();
        Page form = browser.loginForm();
        List<Integer> statuses = java.util.stream.IntStream.range(0, 6)
                .mapToObj(
                        number -> browser.enter(form, "otto", "guess " + number).status())
                .toList();

        assertThat(statuses).containsExactly(302, 302, 302, 302, 302, 429);
        Page limited = browser.enter(form, "otto", EdgeFixture.PASSWORD);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.body()).contains("Too many tries");
        assertThat(limited.header("Retry-After")).isEqualTo("30");
        assertThat(ada().session().path("authenticated").asBoolean()).isTrue();
    }

    @Test
    void theFormNeedsItsOwnToken() {
        Browser browser = edge.browser();
        browser.loginForm();

        Page page = browser.post(
                "/issuer/login", java.util.Map.of("username", "ada", "password", EdgeFixture.PASSWORD, "_csrf", "x"));

        assertThat(page.header("Location")).isEqualTo("/issuer/login?error=expired");
        assertThat(browser.session().path("authenticated").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/%5Cevil.example",
                "https://evil.example",
                "https:evil.example",
                "/%2F%2Fevil.example",
                "%2F%2Fevil.example",
                "/%252F%252Fevil.example",
                "/t/..%2F..%2Fapi",
                "/t/../api/v1/me",
                "javascript:alert(1)",
                "/%09/evil.example",
                "/%0d%0aSet-Cookie:%20a=b",
                "/logout",
                "/api/v1/me",
                ""
            })
    void nobodyIsSentElsewhereAfterTheLogIn(String returnTo) {
        Browser browser = edge.browser();
        Page form = browser.follow(browser.get("/login?returnTo=" + returnTo));

        Page last = browser.follow(browser.enter(form, "ed", EdgeFixture.PASSWORD));

        assertThat(last.answer().uri()).hasToString(edge.url + "/");
    }

    @Test
    void aPersonReturnsToThePageItCameFor() {
        Browser browser = edge.browser();
        String page = "/t/demo/clusters?q=%5B%22a%22%5D&sort=-name";
        Page form = browser.follow(browser.get(
                "/login?returnTo=" + java.net.URLEncoder.encode(page, java.nio.charset.StandardCharsets.UTF_8)));

        Page last = browser.follow(browser.enter(form, "ed", EdgeFixture.PASSWORD));

        assertThat(last.answer().uri()).hasToString(edge.url + page);
    }

    @Test
    void keysOutliveARestart() throws Exception {
        String before = edge.browser().get("/issuer/oauth2/jwks").body();

        edge.restart();

        assertThat(edge.browser().get("/issuer/oauth2/jwks").body())
                .isEqualTo(before)
                .contains("\"kid\"");
        assertThat(before).doesNotContain("\"d\"");
        assertThat(ada().session().path("authenticated").asBoolean()).isTrue();
    }
}
