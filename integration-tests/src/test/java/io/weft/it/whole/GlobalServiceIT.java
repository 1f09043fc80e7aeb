package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weft.it.real.Answer;
import io.weft.it.real.ClusterSpec;
import io.weft.it.real.LabSpec;
import io.weft.it.real.Load;
import io.weft.it.real.LoadResult;
import io.weft.it.real.MeshCluster;
import io.weft.it.real.MeshLab;
import io.weft.it.real.MeshPod;
import io.weft.it.real.PodSpec;
import io.weft.it.real.RealCluster;
import io.weft.it.real.RunningLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * What Weft is for, told in order: clusters join by their manifest, a global namespace and routes are declared by REST,
 * and a request made in one real cluster is answered in another. Two replicas of the hub: written on the first, the
 * agent of west on the second. Back ends of east live in the namespace shop, those of west in store, north only calls.
 */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GlobalServiceIT {
    private static final String TENANT = "/tenants/demo";
    private static final String GNS = TENANT + "/global-namespaces/shop";
    private static final String CART = "http://cart.shop.example/";

    private final List<AgentProcess> agents = new ArrayList<>();
    private MeshLab lab;
    private WeftProcess weft;
    private Rest rest;

    @BeforeAll
    void start() {
        lab = MeshLab.start(LabSpec.of(
                LabSpec.member("east"),
                ClusterSpec.of(
                        "west",
                        PodSpec.gateway("gw-w"),
                        PodSpec.client("web-w", "web", "web"),
                        PodSpec.server("cart-w1", "store", "cart", "v1"),
                        PodSpec.server("cart-w2", "store", "cart", "v1"),
                        PodSpec.server("cart-w3", "store", "cart", "v2")),
                LabSpec.caller("north")));
        weft = WeftProcess.up(2, "127.0.0.1");
        rest = weft.rest(1);
    }

    @AfterAll
    void stop() {
        agents.forEach(AgentProcess::close);
        if (weft != null) weft.close();
        if (lab != null) lab.close();
    }

    @Test
    @Order(1)
    void clustersJoinByTheirManifest() {
        for (MeshCluster cluster : lab.clusters()) {
            rest.put(
                            TENANT + "/clusters/" + cluster.name(),
                            "spec: {region: " + cluster.spec().region() + "}")
                    .good();
            String manifest = rest.post(TENANT + "/clusters/" + cluster.name() + "/manifest", "")
                    .good()
                    .body();
            int replica = cluster.name().equals("west") ? 2 : 1;
            agents.add(AgentProcess.join(cluster, manifest, "127.0.0.1:" + weft.grpcPort(replica)));
        }

        for (MeshCluster cluster : lab.clusters()) {
            soon(() -> assertThat(services(cluster.name()))
                    .as("services of " + cluster.name())
                    .contains(cluster.name().equals("north") ? "istiod" : "cart"));
        }
    }

    private List<String> services(String cluster) {
        JsonNode items = rest.get(TENANT + "/inventory/services?cluster=" + cluster)
                .good()
                .json()
                .path("items");
        return items.valueStream().map(item -> item.path("name").asString()).toList();
    }

    @Test
    @Order(2)
    void aNamespaceDeclaredUnderFireLosesNoRequestAfterTheFirstAnswer() {
        try (RunningLoad east = lab.pod("web-e").start(Load.hammer(CART).by("X-Cluster"));
                RunningLoad north = lab.pod("web-n").start(Load.hammer(CART).by("X-Cluster"))) {
            JsonNode written = rest.put(GNS, """
                            spec:
                              domain: shop.example
                              members:
                              - namespaceSelector:
                                - {field: name, op: Regex, value: web|shop|store}
                            """).good().json();
            soon(() -> assertThat(
                            states(written.path("metadata").path("revision").asLong()))
                    .containsOnly("live"));
            for (String caller : List.of("web-e", "web-w", "web-n")) {
                soon(() -> assertThat(lab.pod(caller).get(CART).status()).isEqualTo(200));
            }
            for (RunningLoad load : List.of(east, north)) {
                LoadResult result = load.stop();
                assertThat(result.firstAnswerMillis()).as(result.toString()).isPositive();
                assertThat(result.failedAfterFirstAnswer())
                        .as(result.toString())
                        .isZero();
            }
        }
        assertThat(lab.pod("web-e").run(Load.of(CART).requests(200)).by()).isEqualTo(Map.of("east", 200));
    }

    private List<String> states(long revision) {
        return rest.get(TENANT + "/revisions/" + revision)
                .good()
                .json()
                .path("clusters")
                .valueStream()
                .map(cluster -> cluster.path("state").asString())
                .distinct()
                .toList();
    }

    @Test
    @Order(3)
    void weightsOverClustersHoldOverFiveThousandRequests() {
        route("rules: [{split: [{cluster: east, weight: 90}, {cluster: west, weight: 10}]}]");

        for (String caller : List.of("web-e", "web-n")) {
            soon(() -> assertThat(
                            lab.pod(caller).run(Load.of(CART).requests(300)).percent("east"))
                    .isCloseTo(90, within(6.0)));
            LoadResult result = lab.pod(caller).run(Load.of(CART).requests(5000));

            assertThat(result.failed()).as(caller + " " + result).isZero();
            assertThat(result.percent("east")).as(caller).isCloseTo(90, within(2.0));
            assertThat(result.percent("west")).as(caller).isCloseTo(10, within(2.0));
        }
    }

    @Test
    @Order(4)
    void bothSidesSeeTheOthersIdentityAcrossClustersAndNamespaces() {
        route("rules: [{split: [{cluster: west, weight: 100}]}]");

        soon(() -> assertThat(lab.pod("web-e").run(Load.of(CART).requests(50)).by())
                .containsOnlyKeys("west"));
        Answer answer = lab.pod("web-e").get(CART);

        assertThat(answer.cluster()).isEqualTo("west");
        assertThat(answer.received().get("X-Forwarded-Client-Cert"))
                .contains("URI=spiffe://cluster.local/ns/web/sa/web")
                .contains("By=spiffe://cluster.local/ns/store/sa/cart");
    }

    @Test
    @Order(5)
    void aHeaderSelectsAVersion() {
        route("""
                rules:
                - matches: [{headers: [{name: x-canary, value: "yes"}]}]
                  split: [{version: v2, weight: 100}]
                - split: [{version: v1, weight: 100}]
                """);
        Load load = Load.of(CART).requests(300).by("X-Version");
        soon(() -> assertThat(lab.pod("web-n").run(load).by()).containsOnlyKeys("v1"));

        assertThat(lab.pod("web-n").run(load.header("x-canary", "yes")).by()).isEqualTo(Map.of("v2", 300));
        assertThat(lab.pod("web-n").run(load).by()).isEqualTo(Map.of("v1", 300));
    }

    @Test
    @Order(6)
    void aVersionWithDotsIsCalledAcrossClusters() {
        lab.addPod("west", PodSpec.server("cart-w4", "store", "cart", "1.2.3"));
        route("rules: [{split: [{version: \"1.2.3\", weight: 100}]}]");

        soon(() -> assertThat(lab.pod("web-e").get(CART).version()).isEqualTo("1.2.3"));
        LoadResult result = lab.pod("web-e").run(Load.of(CART).requests(200).by("X-Version"));

        assertThat(result.by()).as(result.toString()).isEqualTo(Map.of("1.2.3", 200));
    }

    @Test
    @Order(7)
    void fiftyWeightChangesUnderLoadLoseNothing() {
        route("rules: [{split: [{cluster: east, weight: 50}, {cluster: west, weight: 50}]}]");
        try (RunningLoad load = lab.pod("web-e").start(Load.of(CART).perSecond(300))) {
            for (int i = 0; i < 50; i++) {
                int east = List.of(90, 10, 50, 0, 100).get(i % 5);
                route("rules: [{split: [{cluster: east, weight: %d}, {cluster: west, weight: %d}]}]"
                        .formatted(east, 100 - east));
            }
            LoadResult result = load.stop();

            assertThat(result.failed()).as(result.toString()).isZero();
            assertThat(result.by()).containsOnlyKeys("east", "west");
        }
    }

    @Test
    @Order(8)
    void whenAllBackEndsOfEastDieItsTrafficGoesWest() {
        route("rules: [{split: [{cluster: east, weight: 90}, {cluster: west, weight: 10}]}]");
        MeshPod caller = lab.pod("web-e");
        try (RunningLoad load = caller.start(Load.of(CART).perSecond(300).atATime(16))) {
            soon(() -> assertThat(caller.get(CART).cluster()).isEqualTo("east"));
            lab.servers("east").forEach(MeshPod::killApplication);
            soon(() -> assertThat(caller.run(Load.of(CART).requests(200)).by()).isEqualTo(Map.of("west", 200)));
            LoadResult result = load.stop();

            assertThat(result.failed()).as(result.toString()).isZero();
        } finally {
            lab.servers("east").forEach(MeshPod::startApplication);
        }
        soon(() -> assertThat(caller.run(Load.of(CART).requests(200)).by()).containsKey("east"));
    }

    @Test
    @Order(9)
    void aNewServiceIsCalledOnlyOnceWestsGatewayKnowsIt() {
        String pay = "http://pay.shop.example/";
        try (RunningLoad hammer = lab.pod("web-e").start(Load.hammer(pay).by("X-Cluster"))) {
            lab.addPod("west", PodSpec.server("pay-w1", "store", "pay", "v1"));
            soon(() -> assertThat(lab.pod("web-e").get(pay).cluster()).isEqualTo("west"));
            LoadResult result = hammer.stop();

            assertThat(result.failedAfterFirstAnswer()).as(result.toString()).isZero();
            assertThat(result.by()).containsOnlyKeys("west");
        }
    }

    @Test
    @Order(10)
    void withTheHubAndIstiodsGoneEverythingGoesOn() {
        route("rules: [{split: [{cluster: west, weight: 100}]}]");
        MeshPod caller = lab.pod("web-e");
        soon(() -> assertThat(caller.run(Load.of(CART).requests(100)).by()).containsOnlyKeys("west"));
        try (RunningLoad load = caller.start(Load.of(CART).perSecond(300))) {
            weft.weft("down");
            lab.clusters().forEach(cluster -> cluster.istiod().kill());
            LoadResult during = caller.run(Load.of(CART).requests(1000).perSecond(300));
            assertThat(during.by()).as(during.toString()).isEqualTo(Map.of("west", 1000));
            lab.clusters().forEach(cluster -> cluster.istiod().start());
            weft.start();
            LoadResult result = load.stop();

            assertThat(result.failed()).as(result.toString()).isZero();
        }
        route("rules: [{split: [{cluster: east, weight: 100}]}]");
        soon(() -> assertThat(caller.get(CART).cluster()).isEqualTo("east"));
    }

    @Test
    @Order(11)
    void aHandEditIsPutRight() {
        MeshCluster east = lab.cluster("east");
        List<String> before = MeshOwned.in(east.plane());
        assertThat(before).isNotEmpty();

        MeshOwned.delete(east.plane(), "virtualservices");

        soon(() -> assertThat(MeshOwned.in(east.plane())).isEqualTo(before));
    }

    @Test
    @Order(12)
    void deletionLeavesNothingBehindAndTouchesNothingElse() {
        rest.put(TENANT + "/global-namespaces/other", """
                        spec:
                          domain: other.example
                          members:
                          - namespaceSelector:
                            - {field: name, op: Exact, value: web}
                          - namespaceSelector:
                            - {field: name, op: Exact, value: shop}
                            clusterSelector:
                            - {field: name, op: Exact, value: east}
                        """).good();
        String other = "http://cart.other.example/";
        soon(() -> assertThat(lab.pod("web-w").get(other).cluster()).isEqualTo("east"));
        try (RunningLoad load = lab.pod("web-w").start(Load.of(other).perSecond(200))) {
            rest.delete(GNS + "/traffic-routes/cart").good();
            rest.delete(GNS).good();
            for (MeshCluster cluster : lab.clusters()) {
                soon(() -> assertThat(MeshOwned.in(cluster.plane())).noneMatch(key -> key.contains("weft-shop")));
            }
            soon(() -> assertThat(lab.pod("web-e").get(CART).status()).isNotEqualTo(200));
            LoadResult result = load.stop();

            assertThat(result.failed()).as(result.toString()).isZero();
        }
        rest.delete(TENANT + "/global-namespaces/other").good();
        for (MeshCluster cluster : lab.clusters()) {
            soon(() -> assertThat(MeshOwned.in(cluster.plane())).isEmpty());
        }
    }

    @Test
    @Order(13)
    void noProxyRefusedAnythingAndIstiosOwnChecksFindNothing() {
        assertThat(lab.rejectedUpdates()).isEmpty();
        for (MeshCluster cluster : lab.clusters()) assertThat(cluster.analyze()).isEmpty();
    }

    /** Writes the route of cart and waits until every cluster has applied it; proxies have it a moment later. */
    private void route(String rules) {
        JsonNode written = rest.put(GNS + "/traffic-routes/cart", "spec:\n" + ("target: cart\n" + rules).indent(2))
                .good()
                .json();
        long revision = written.path("metadata").path("revision").asLong();
        soon(() -> assertThat(states(revision)).isNotEmpty().isSubsetOf("applied", "live"));
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
