package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import io.weft.hub.delivery.JoinedCluster;
import io.weft.protocol.v1.ReportKind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class InventoryListTest {
    private static final String TENANT = "stock";

    private static JoinedCluster east;
    private static JoinedCluster west;

    private final AtomicInteger nodes = new AtomicInteger();
    private final TenantApi api = new TenantApi(TENANT);

    @BeforeAll
    static void join() {
        east = JoinedCluster.enrolled(RunningHub.shared(), TENANT, "east").namespace("web", Map.of());
        for (int i = 0; i < 7; i++) east.service(i % 2 == 0 ? "shop" : "web", "cart-" + i, "v1");
        east.connect();
        west = JoinedCluster.enrolled(RunningHub.shared(), TENANT, "west")
                .service("shop", "cart-3", "v1")
                .connect();
    }

    @AfterAll
    static void leave() {
        east.close();
        west.close();
    }

    @Test
    void rowsAreFilteredAndCounted() {
        JsonNode page = api.get("/inventory/services?limit=3");
        assertThat(page.get("total").intValue()).isEqualTo(8);
        assertThat(page.get("items").size()).isEqualTo(3);
        assertThat(api.walk("/inventory/services?namespace=web", "/name", 10))
                .containsExactly("cart-1", "cart-3", "cart-5");
        assertThat(api.walk("/inventory/services?q=CART-3", "/cluster", 10)).containsExactly("east", "west");
        assertThat(api.walk("/inventory/services?cluster=west", "/name", 10)).containsExactly("cart-3");
        assertThat(api.get("/inventory/services?q=none").get("total").intValue())
                .isZero();
        assertThat(new TenantApi("stock-other")
                        .get("/inventory/services")
                        .get("total")
                        .intValue())
                .isZero();
    }

    @Test
    void everyOrderIsTheSameWhateverThePages() {
        for (String sort : List.of("name", "-name", "namespace", "-namespace", "cluster", "-cluster", "changedAt")) {
            List<String> whole = api.walk("/inventory/services?sort=" + sort, "/name", 100);
            assertThat(whole).hasSize(8);
            assertThat(api.walk("/inventory/services?sort=" + sort, "/name", 3))
                    .as(sort)
                    .isEqualTo(whole);
        }
        assertThat(api.walk("/inventory/services?sort=-name", "/name", 3))
                .containsExactly("cart-6", "cart-5", "cart-4", "cart-3", "cart-3", "cart-2", "cart-1", "cart-0");
    }

    @Test
    void badParametersAreProblemsWithViolations() {
        for (String query :
                List.of("sort=colour", "limit=0", "continue=x", "cluster=A_B", "sort=changedAt&continue=YQpiCmM")) {
            HttpResponse<String> answer = api.tryGet("/inventory/services?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("\"violations\"");
        }
    }

    @Test
    void streamTellsWhichKindsOfAClusterWereReportedAnew() throws Exception {
        RunningHub hub = RunningHub.shared();
        URI uri = URI.create("http://localhost:" + hub.httpPort() + "/api/v1/tenants/" + TENANT + "/stream");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + hub.token(TENANT))
                .build();
        try (ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor();
                HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            // Again and again: what is there when the stream looks first is no news.
            var unused = reports.scheduleWithFixedDelay(this::reportANode, 0, 500, TimeUnit.MILLISECONDS);
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (event.equals("event: inventory")) {
                    assertThat(line).isEqualTo("data: {\"cluster\":\"west\",\"kinds\":[\"nodes\"]}");
                    reports.shutdownNow();
                    client.shutdownNow();
                    return;
                }
                event = line;
            }
        }
        throw new AssertionError("the stream ended without an event of the inventory");
    }

    /** An executor keeps to itself why it does not go on. */
    private void reportANode() {
        try {
            west.node("n" + nodes.incrementAndGet(), Map.of()).report(ReportKind.REPORT_KIND_NODE);
        } catch (RuntimeException | AssertionError failure) {
            failure.printStackTrace();
            throw failure;
        }
    }
}
