package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import io.weft.hub.delivery.JoinedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Two clusters of one shop: {@code cart} is in both, {@code pay} in one, {@code odd} has other ports in each. */
@Timeout(120)
class GlobalServiceViewsTest {
    private static final String TENANT = "storefront";

    private static JoinedCluster east;
    private static JoinedCluster west;

    private final TenantApi api = new TenantApi(TENANT);

    @BeforeAll
    static void join() {
        RunningHub hub = RunningHub.shared();
        east = JoinedCluster.enrolled(hub, TENANT, "east")
                .node("node-of-east", Map.of())
                .service("shop", "cart", "v1")
                .service("shop", "pay", "v1")
                .service("shop", "odd", "v1", 80)
                .connect();
        west = JoinedCluster.enrolled(hub, TENANT, "west")
                .service("shop", "cart", "v2")
                .service("shop", "odd", "v1", 81)
                .connect();
        TenantApi api = new TenantApi(TENANT);
        api.put("/global-namespaces/shop", TenantApi.SHOP);
        api.put(
                "/global-namespaces/shop/traffic-routes/cart-route",
                "{\"spec\":{\"target\":\"cart\",\"rules\":[{\"timeout\":\"5s\"}]}}");
        Awaitility.await().until(() -> api.get("/global-services").get("total").intValue() == 3);
    }

    @AfterAll
    static void leave() {
        east.close();
        west.close();
    }

    @Test
    void serviceOfSeveralClustersIsOneWithWhatEachHas() {
        Awaitility.await().untilAsserted(() -> {
            JsonNode cart = api.get("/global-services?q=cart").at("/items/0");
            assertThat(cart.get("host").stringValue()).isEqualTo("cart.shop.example");
            assertThat(cart.get("clusters").size()).isEqualTo(2);
            assertThat(cart.at("/clusters/1/versions/0").stringValue()).isEqualTo("v2");
            assertThat(cart.at("/clusters/0/answered").booleanValue()).isTrue();
            assertThat(cart.get("versions").toString()).isEqualTo("[\"v1\",\"v2\"]");
            assertThat(cart.get("instances").intValue()).isEqualTo(4);
            assertThat(cart.at("/ports/0/number").intValue()).isEqualTo(80);
            assertThat(cart.get("route").stringValue()).isEqualTo("cart-route");
            assertThat(cart.get("findings")).isEmpty();
        });
    }

    @Test
    void listIsFilteredSortedAndPaged() {
        assertThat(api.walk("/global-services", "/name", 1)).containsExactly("cart", "odd", "pay");
        assertThat(api.walk("/global-services?sort=-name", "/name", 2)).containsExactly("pay", "odd", "cart");
        assertThat(api.walk("/global-services?sort=-instances", "/name", 1).getFirst())
                .isEqualTo("cart");
        assertThat(api.walk("/global-services?cluster=west", "/name", 5)).containsExactly("cart", "odd");
        assertThat(api.get("/global-services?globalNamespace=none").get("total").intValue())
                .isZero();
        assertThat(api.tryGet("/global-services?sort=colour").statusCode()).isEqualTo(400);
        assertThat(api.tryGet("/global-services?continue=x").body()).contains("\"violations\"", "?continue");
    }

    @Test
    void serviceThatIsLeftOutInAClusterSaysWhy() {
        JsonNode odd = api.get("/global-services/shop/odd");

        assertThat(odd.get("clusters").size()).isEqualTo(1);
        assertThat(odd.get("places").size()).isEqualTo(2);
        assertThat(odd.at("/findings/0/reason").stringValue()).isEqualTo("PortsDiffer");
        assertThat(odd.get("callers").toString()).isEqualTo("[\"east\",\"west\"]");
        JsonNode place = odd.at("/places/0");
        assertThat(place.get("connected").booleanValue()).isTrue();
        assertThat(place.at("/versions/0/ready").intValue()).isEqualTo(2);
        assertThat(place.at("/ports/0/targetPort").intValue()).isEqualTo(8080);
        assertThat(api.tryGet("/global-services/shop/none").statusCode()).isEqualTo(404);
    }

    @Test
    void overviewCountsAndNamesWhatNeedsSomebody() {
        JsonNode overview = api.get("/overview");

        assertThat(overview.at("/clusters/total").intValue()).isEqualTo(2);
        assertThat(overview.at("/services/total").intValue()).isEqualTo(5);
        assertThat(overview.at("/services/global").intValue()).isEqualTo(3);
        assertThat(overview.at("/routes/total").intValue()).isEqualTo(1);
        assertThat(overview.at("/globalNamespaces/withProblems").intValue()).isEqualTo(1);
        assertThat(overview.at("/changes/last24h").intValue()).isGreaterThanOrEqualTo(4);
        assertThat(overview.get("problems")).anySatisfy(problem -> {
            assertThat(problem.get("severity").stringValue()).isEqualTo("error");
            assertThat(problem.get("title").stringValue()).isEqualTo("shop: ports differ");
            assertThat(problem.at("/resource/kind").stringValue()).isEqualTo("GlobalNamespace");
        });
        assertThat(overview.get("start").toString())
                .isEqualTo("{\"clusterJoined\":true,\"globalNamespaceCreated\":true,\"routeCreated\":true}");
        assertThat(new TenantApi("storefront-empty")
                        .get("/overview")
                        .get("start")
                        .toString())
                .isEqualTo("{\"clusterJoined\":false,\"globalNamespaceCreated\":false,\"routeCreated\":false}");
    }

    @Test
    void everyCountOfTheOverviewHasAListOfWhatItCounts() {
        String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        Awaitility.await().untilAsserted(() -> {
            JsonNode overview = api.get("/overview");
            assertThat(total("/global-namespaces?fieldSelector=status.problems!=0"))
                    .isEqualTo(overview.at("/globalNamespaces/withProblems").intValue());
            assertThat(total("/revisions?since=" + yesterday))
                    .isEqualTo(overview.at("/changes/last24h").intValue());
            assertThat(total("/revisions?underWay=true&since=" + yesterday))
                    .isEqualTo(overview.at("/changes/notLive").intValue());
        });
        assertThat(total("/global-namespaces?fieldSelector=status.problems=0")).isZero();
        assertThat(total("/revisions?since=" + Instant.now().plusSeconds(60))).isZero();
        assertThat(api.tryGet("/revisions?since=yesterday").body()).contains("\"violations\"", "?since");
        for (String beyond :
                List.of("-999999999-01-01T00:00:00Z", "%2B300000-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
            assertThat(api.tryGet("/revisions?since=" + beyond).statusCode()).isEqualTo(400);
        }
        assertThat(api.tryGet("/revisions?underWay=maybe").statusCode()).isEqualTo(400);
    }

    private int total(String list) {
        return api.get(list).get("total").intValue();
    }

    @Test
    void draftOfAGlobalNamespaceShowsItsMembersAndStoresNothing() {
        JsonNode preview = api.post(
                "/global-namespaces/preview",
                "{\"spec\":{\"domain\":\"shop.example\",\"members\":[{\"clusterSelector\":{\"matchLabels\":{\"name\":\"east\"}},"
                        + "\"namespaceSelector\":{},\"serviceSelector\":{\"matchLabels\":{\"app\":\"cart\"}}}]}}");

        assertThat(preview.get("services").intValue()).isEqualTo(1);
        assertThat(preview.get("clusters").toString())
                .isEqualTo("[{\"cluster\":\"east\",\"services\":1,\"namespaces\":"
                        + "[{\"name\":\"shop\",\"services\":[\"cart\"]}]}]");
        assertThat(preview.at("/conflicts/0/pointer").stringValue()).isEqualTo("/spec/domain");
        assertThat(preview.at("/violations/0/pointer").stringValue()).isEqualTo("/metadata/name");
        assertThat(api.get("/global-namespaces").get("total").intValue()).isEqualTo(1);
    }

    @Test
    void draftWithoutADomainShowsItsMembersToo() {
        JsonNode preview = api.post(
                "/global-namespaces/preview",
                "{\"metadata\":{\"name\":\"new\"},\"spec\":{\"members\":[{\"namespaceSelector\":{}},{\"what\":1}]}}");

        assertThat(preview.get("services").intValue()).isEqualTo(3);
        assertThat(preview.get("conflicts")).isEmpty();
        assertThat(preview.get("violations"))
                .extracting(violation -> violation.get("pointer").stringValue())
                .contains("/spec/domain", "/spec/members/1/what");
        JsonNode nothing = api.post("/global-namespaces/preview", "{}");
        assertThat(nothing.get("services").intValue()).isZero();
        assertThat(nothing.get("violations")).isNotEmpty();
        JsonNode ofOthers = new TenantApi("storefront-other")
                .post("/global-namespaces/preview", "{\"spec\":{\"members\":[{\"namespaceSelector\":{}}]}}");
        assertThat(ofOthers.get("clusters")).isEmpty();
    }

    @Test
    void ruleThatCatchesNothingIsSaidWhileItIsWritten() {
        JsonNode preview = api.post(
                "/global-namespaces/preview",
                "{\"metadata\":{\"name\":\"new\"},\"spec\":{\"domain\":\"new.example\",\"members\":"
                        + "[{\"clusterSelector\":{\"matchLabels\":{\"name\":\"mars\"}},\"namespaceSelector\":{}}]}}");

        assertThat(preview.get("violations"))
                .extracting(violation -> violation.get("pointer").stringValue())
                .containsExactly("/spec/members/0");
    }

    @Test
    void searchFindsResourcesServicesAndWhatIsObserved() {
        assertThat(api.get("/search?q=cart").get("items"))
                .extracting(hit ->
                        hit.get("kind").stringValue() + " " + hit.get("detail").stringValue())
                .containsExactly(
                        "GlobalService cart.shop.example, 4 instances",
                        "Service shop in east",
                        "Service shop in west",
                        "TrafficRoute of cart");
        assertThat(api.get("/search?q=EAST").get("items"))
                .extracting(hit -> hit.get("kind").stringValue())
                .containsExactly("Cluster", "Node");
        assertThat(api.get("/search?q=cart&limit=1").get("items").size()).isEqualTo(1);
        assertThat(new TenantApi("storefront-other").get("/search?q=cart").get("items"))
                .isEmpty();
        assertThat(api.tryGet("/search").body()).contains("\"violations\"", "?q");
        assertThat(api.tryGet("/search?q=a&limit=101").statusCode()).isEqualTo(400);
    }
}
