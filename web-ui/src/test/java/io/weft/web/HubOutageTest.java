package io.weft.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.web.Browser.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One replica of the hub fails, or all do; and too much is asked of it. */
class HubOutageTest {
    private static final String CLUSTERS = "/api/v1/tenants/demo/clusters";

    @Test
    void theOtherReplicaTakesOverAndTheSessionIsNoneTheWorse() {
        try (StubHub first = new StubHub();
                StubHub second = new StubHub();
                EdgeFixture edge = EdgeFixture.start(first, second)) {
            Browser ada = edge.browser();
            ada.logIn("ada", EdgeFixture.PASSWORD);
            assertThat(ada.get(CLUSTERS).status()).isEqualTo(200);
            assertThat(second.seen).isEmpty();

            first.close();

            assertThat(ada.get(CLUSTERS).status()).isEqualTo(200);
            assertThat(ada.send(ada.write(CLUSTERS).POST(BodyPublishers.ofString("{}")))
                            .status())
                    .isEqualTo(200);
            assertThat(second.last().body()).isEqualTo("{}");
        }
    }

    @Test
    void withoutAnyReplicaThePageStillLoadsAndSaysWhatIsTheMatter() {
        StubHub hub = new StubHub();
        int port = hub.port();
        try (EdgeFixture edge = EdgeFixture.start(hub)) {
            Browser ada = edge.browser();
            ada.logIn("ada", EdgeFixture.PASSWORD);
            ada.session();
            hub.close();

            Page page = ada.get(CLUSTERS);

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.header("Content-Type")).startsWith("application/problem+json");
            assertThat(page.json().path("type").asString()).endsWith("/hub-unavailable");
            assertThat(page.header("Retry-After")).isEqualTo("2");
            assertThat(ada.open("/t/demo/clusters").status()).isEqualTo(200);
            assertThat(ada.session().path("tenants").toString()).contains("demo");
            assertThat(ada.get("/readyz").status()).isEqualTo(503);
            assertThat(ada.get("/healthz").status()).isEqualTo(200);
            try (StubHub back = new StubHub(port)) {
                assertThat(ada.get(CLUSTERS).status()).isEqualTo(200);
                assertThat(back.seen).isNotEmpty();
            }
        }
    }

    @Test
    void aTenantThatAsksTooMuchIsSlowedDownAndOthersAreNot() {
        try (StubHub hub = new StubHub();
                EdgeFixture edge = EdgeFixture.start(Map.of("WEFT_RATE_LIMIT", "1"), hub)) {
            Browser ada = edge.browser();
            ada.logIn("ada", EdgeFixture.PASSWORD);
            Browser otto = edge.browser();
            otto.logIn("otto", EdgeFixture.PASSWORD);
            ada.session();
            otto.session();

            Page last = ada.get(CLUSTERS);
            for (int more = 0; more < 20 && last.status() == 200; more++) last = ada.get(CLUSTERS);

            assertThat(last.status()).isEqualTo(429);
            assertThat(last.json().path("type").asString()).endsWith("/too-many-requests");
            assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
            assertThat(otto.get("/api/v1/tenants/other/clusters").status()).isEqualTo(200);
        }
    }

    @Test
    void whoIsNotOfATenantCannotUseUpItsShare() {
        try (StubHub hub = new StubHub();
                EdgeFixture edge = EdgeFixture.start(Map.of("WEFT_RATE_LIMIT", "1"), hub)) {
            Browser otto = edge.browser();
            otto.logIn("otto", EdgeFixture.PASSWORD);
            otto.session();
            Browser ada = edge.browser();
            ada.logIn("ada", EdgeFixture.PASSWORD);
            ada.session();

            Page last = otto.get(CLUSTERS);
            for (int more = 0; more < 20 && last.status() == 404; more++) last = otto.get(CLUSTERS);

            assertThat(last.status()).isEqualTo(429);
            assertThat(ada.get(CLUSTERS).status()).isEqualTo(200);
        }
    }
}
