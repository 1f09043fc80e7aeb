package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** That the shapes which Weft renders do what they are for, before anything of Weft is involved; told in order. */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandWrittenGlobalServiceIT {
    private static final List<String> NAMES = List.of("v1", "v2", "prefer-east", "prefer-west");

    private MeshLab lab;

    @BeforeAll
    void start() {
        lab = MeshLab.start(LabSpec.eastAndWest());
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    @Test
    @Order(1)
    void afterReceiveGatewaysKnowAllNamesAndCallersKnowNone() {
        for (MeshCluster cluster : lab.clusters()) {
            HandWrittenCart.receive(cluster.name()).forEach(cluster::apply);
        }

        for (String gateway : List.of("gw-e", "gw-w")) {
            EnvoyAdmin envoy = lab.pod(gateway).envoy();
            soon(() -> assertThat(NAMES)
                    .allSatisfy(name -> assertThat(envoy.hosts("outbound_.80_." + name + "_." + HandWrittenCart.HOST))
                            .isNotEmpty()));
            String own = address(gateway).replaceFirst("\\.\\d+\\.\\d+$", ".1.");
            assertThat(envoy.hosts("outbound_.80_.prefer-west_." + HandWrittenCart.HOST))
                    .hasSize(3)
                    .allSatisfy(host -> assertThat(host.address()).startsWith(own));
        }
        for (String caller : List.of("web-e", "web-w")) {
            assertThat(lab.pod(caller).get(HandWrittenCart.URL).error()).contains("lookup cart.shop.example");
        }
    }

    @Test
    @Order(2)
    void sendUnderFireLosesNoRequestAfterTheFirstAnswer() {
        try (RunningLoad hammer =
                lab.pod("web-e").start(Load.hammer(HandWrittenCart.URL).by("X-Version"))) {
            for (MeshCluster cluster : lab.clusters()) {
                HandWrittenCart.send(lab, cluster.name(), "[" + HandWrittenCart.split("v2:100") + "]")
                        .forEach(cluster::apply);
            }
            soon(() -> assertThat(lab.pod("web-e").get(HandWrittenCart.URL).status())
                    .isEqualTo(200));
            assertThat(lab.pod("web-e")
                            .run(Load.of(HandWrittenCart.URL).requests(300))
                            .failed())
                    .isZero();

            LoadResult result = hammer.stop();

            assertThat(result.firstAnswerMillis()).isPositive();
            assertThat(result.failedAfterFirstAnswer()).as(result.toString()).isZero();
            assertThat(result.by()).containsOnlyKeys("v2");
        }
    }

    @Test
    @Order(3)
    void weightsHoldOverFiveThousandRequests() {
        route("[" + HandWrittenCart.split("prefer-east:90 prefer-west:10") + "]", "prefer-west");

        LoadResult result = lab.pod("web-e").run(Load.of(HandWrittenCart.URL).requests(5000));

        assertThat(result.failed()).as(result.toString()).isZero();
        assertThat(result.percent("east")).isCloseTo(90, within(2.0));
        assertThat(result.percent("west")).isCloseTo(10, within(2.0));
    }

    @Test
    @Order(4)
    void aHeaderSelectsItsRoute() {
        String canary = HandWrittenCart.split("v2:100")
                .replaceFirst("\\{", "{match: [{headers: {x-canary: {exact: \"yes\"}}}], ");
        route("[" + canary + ", " + HandWrittenCart.split("v1:100") + "]", "x-canary");
        Load load = Load.of(HandWrittenCart.URL).requests(300).by("X-Version");

        assertThat(lab.pod("web-e").run(load.header("x-canary", "yes")).by()).isEqualTo(Map.of("v2", 300));
        assertThat(lab.pod("web-e").run(load).by()).isEqualTo(Map.of("v1", 300));
    }

    @Test
    @Order(5)
    void bothSidesSeeTheOthersIdentityAcrossClusters() {
        route("[" + HandWrittenCart.split("prefer-west:100") + "]", "prefer-west");

        Answer answer = lab.pod("web-e").get(HandWrittenCart.URL);

        assertThat(answer.cluster()).isEqualTo("west");
        assertThat(answer.received().get("X-Forwarded-Client-Cert"))
                .contains("URI=spiffe://cluster.local/ns/web/sa/web")
                .contains("By=" + HandWrittenCart.SERVER_IDENTITY);
        assertThat(lab.pod("web-e").envoy().configDump("dynamic_active_clusters"))
                .contains(HandWrittenCart.SERVER_IDENTITY)
                .contains("outbound_.80_.prefer-west_.cart.shop.example");
    }

    @Test
    @Order(6)
    void whenAllBackEndsOfEastDieItsTrafficGoesWest() {
        route("[" + HandWrittenCart.split("prefer-east:90 prefer-west:10") + "]", "prefer-east");
        MeshPod caller = lab.pod("web-e");

        try (RunningLoad load =
                caller.start(Load.of(HandWrittenCart.URL).perSecond(300).atATime(16))) {
            soon(() -> assertThat(caller.get(HandWrittenCart.URL).cluster()).isEqualTo("east"));
            lab.servers("east").forEach(MeshPod::killApplication);
            soon(() -> assertThat(caller.run(Load.of(HandWrittenCart.URL).requests(200))
                            .by())
                    .isEqualTo(Map.of("west", 200)));
            LoadResult result = load.stop();

            assertThat(result.by()).containsKeys("east", "west");
            assertThat(result.failed()).as(result.toString()).isZero();
        }
        lab.servers("east").forEach(MeshPod::startApplication);
    }

    @Test
    @Order(7)
    void noProxyRefusedAnythingAndIstiosOwnChecksPass() {
        assertThat(lab.rejectedUpdates()).isEmpty();
        for (MeshCluster cluster : lab.clusters()) {
            // It counts pods by the labels that they bear, and the network's is given to them by istiod.
            assertThat(cluster.analyze())
                    .allMatch(finding ->
                            finding.startsWith("Error [IST0173] (DestinationRule istio-system/cart-gateway)"));
            assertThat(Stream.concat(
                            HandWrittenCart.receive(cluster.name()).stream(),
                            HandWrittenCart.send(lab, cluster.name(), "[" + HandWrittenCart.split("v1:100") + "]")
                                    .stream()))
                    .allSatisfy(yaml -> assertThat(cluster.validate(yaml)).isEmpty());
        }
    }

    private String address(String pod) {
        return lab.pod(pod).address();
    }

    /** Changes east's route; returns when the caller's Envoy has it. */
    private void route(String routes, String mark) {
        MeshCluster east = lab.cluster("east");
        long before = updates();
        east.apply(HandWrittenCart.route(routes));
        soon(() -> assertThat(updates()).isGreaterThan(before));
        soon(() -> assertThat(lab.pod("web-e").envoy().configDump("dynamic_route_configs"))
                .containsPattern(mark));
    }

    private long updates() {
        return lab.pod("web-e").envoy().statistics("rds.80.update_success").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
