package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * When the agent says that a bundle is live, by what Envoys really have. The mesh gathers changes as it does by default,
 * so that for a while what it sent and what proxies acknowledged are equal and old.
 */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Below the time after which a proxy that is sent nothing counts as one that needs nothing. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final List<String> SIDECARS = List.of("cart-e1", "cart-e2", "cart-e3", "web-e");

    private MeshLab lab;
    private MeshCluster east;
    private ScriptedHub hub;
    private RunningAgent agent;

    @BeforeAll
    void prepare() {
        lab = MeshLab.start(LabSpec.of(LabSpec.member("east")));
        east = lab.cluster("east");
        east.istiod().kill();
        east.istiod()
                .set("PILOT_DEBOUNCE_AFTER", "100ms")
                .set("PILOT_DEBOUNCE_MAX", "10s")
                .start();
        hub = new ScriptedHub();
        east.apply(AgentOnRealApiServerIT.manifest(hub));
    }

    @AfterAll
    void end() {
        hub.close();
        lab.close();
    }

    @BeforeEach
    void start() {
        agent = RunningAgent.start(east.plane(), hub, "agent-0");
        await().atMost(PATIENCE).until(hub::connected);
        hub.serve(entry(1), rule(), route("start"));
        await().atMost(PATIENCE).until(hub::everywhere);
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    private static String entry(int weight) {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"ServiceEntry",
                 "metadata":{"name":"cart","namespace":"shop"},
                 "spec":{"hosts":["cart.shop.example"],"addresses":["240.10.0.1"],"location":"MESH_INTERNAL",
                   "resolution":"STATIC","exportTo":["shop","web"],
                   "ports":[{"number":80,"name":"http-80","protocol":"HTTP","targetPort":8080}],
                   "endpoints":[{"address":"10.99.0.1","labels":{"version":"v1"},"weight":%d},
                                {"address":"10.99.0.2","labels":{"version":"v1"},"weight":7}]}}""".formatted(weight);
    }

    private static String rule() {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"DestinationRule",
                 "metadata":{"name":"cart","namespace":"shop"},
                 "spec":{"host":"cart.shop.example","exportTo":["shop","web"],
                   "subsets":[{"name":"v1","labels":{"version":"v1"}}]}}""";
    }

    private static String route(String mark) {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
                 "metadata":{"name":"cart","namespace":"shop"},
                 "spec":{"hosts":["cart.shop.example"],"exportTo":["shop","web"],"http":[{"name":"mark-%s","route":[
                   {"destination":{"host":"cart.shop.example","subset":"v1","port":{"number":80}}}]}]}}""".formatted(mark);
    }

    private boolean everyEnvoyRoutesBy(String mark) {
        return SIDECARS.stream()
                .allMatch(pod ->
                        lab.pod(pod).envoy().configDump("dynamic_route_configs").contains("\"mark-" + mark + "\""));
    }

    private Live said() {
        return Objects.requireNonNullElse(hub.live(), Live.getDefaultInstance());
    }

    private static void soon(java.util.concurrent.Callable<Boolean> reached) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(reached);
    }

    @Test
    void aChangeIsNeverCalledLiveBeforeEveryEnvoyHasIt() {
        int appliedBefore = 0;
        int quick = 0;
        for (int i = 0; i < 15; i++) {
            String mark = "run-" + i;
            long begin = System.nanoTime();
            hub.serve(entry(1), rule(), route(mark));
            soon(hub::inForce);
            if (!everyEnvoyRoutesBy(mark)) appliedBefore++;
            soon(hub::everywhere);
            if (System.nanoTime() - begin < SOON.toNanos()) quick++;

            assertThat(everyEnvoyRoutesBy(mark)).as(mark).isTrue();
        }
        assertThat(appliedBefore).as("applied and not yet in every Envoy").isPositive();
        assertThat(quick).as("found without waiting for silence").isGreaterThan(7);
        assertThat(said().getProxies()).isEqualTo(SIDECARS.size());
        assertThat(hub.capabilities()).contains("live");
    }

    @Test
    void changedEndpointsAreLiveWhenEnvoysBalanceByThem() {
        int quick = 0;
        for (int weight = 20; weight < 25; weight++) {
            int wanted = weight;
            long begin = System.nanoTime();
            hub.serve(entry(wanted), rule(), route("start"));
            soon(hub::everywhere);
            if (System.nanoTime() - begin < SOON.toNanos()) quick++;

            assertThat(SIDECARS)
                    .allSatisfy(pod -> assertThat(lab.pod(pod).envoy().hosts("outbound|80|v1|cart.shop.example"))
                            .anyMatch(host -> host.weight() == wanted));
        }
        assertThat(quick).as("found without waiting for silence").isGreaterThan(2);
    }

    @Test
    void aRemovedRouteIsLiveWhenNoEnvoyHasItAnyMore() {
        hub.serve(entry(1), rule());
        soon(hub::everywhere);

        assertThat(SIDECARS)
                .noneMatch(pod ->
                        lab.pod(pod).envoy().configDump("dynamic_route_configs").contains("\"mark-start\""));
    }

    @Test
    void aFrozenEnvoyIsNamedUntilItThaws() {
        lab.pod("cart-e2").freezeSidecar();
        try {
            hub.serve(entry(1), rule(), route("frozen"));
            soon(hub::inForce);

            soon(() -> said().getStragglersCount() == 1 && said().getWaiting() == 1);
            assertThat(said().getStragglers(0).getProxy()).isEqualTo("cart-e2.shop");
            assertThat(said().getStragglers(0).getDetail()).startsWith("has not acknowledged clusters");
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> !hub.everywhere());
        } finally {
            lab.pod("cart-e2").thawSidecar();
        }
        soon(hub::everywhere);
        assertThat(everyEnvoyRoutesBy("frozen")).isTrue();
    }

    @Test
    void whatAnEnvoyRefusesIsSaidInItsWords() {
        String broken = """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: broken, namespace: web}
                spec:
                  configPatches:
                  - applyTo: CLUSTER
                    match: {context: SIDECAR_OUTBOUND, cluster: {service: cart.shop.example}}
                    patch: {operation: MERGE, value: {connect_timeout: "-1s"}}
                """;
        east.apply(broken);
        try {
            // Else the change could be live before the filter comes, and nothing of it is measured any more.
            soon(() -> !lab.pod("web-e").envoy().rejectedUpdates().isEmpty());
            hub.serve(entry(2), rule().replace("\"subsets\"", "\"trafficPolicy\":{\"connectionPool\":{}},\"subsets\""));
            soon(() -> said().getState() == LiveState.LIVE_STATE_REJECTED);

            assertThat(said().getStragglers(0).getProxy()).isEqualTo("web-e.web");
            assertThat(said().getStragglers(0).getDetail()).contains("refused clusters", "Invalid duration");
        } finally {
            east.delete(broken);
        }
        soon(hub::everywhere);
    }

    @Test
    void whileIstiodIsAwayNothingIsSaidToBeLive() {
        east.istiod().kill();
        hub.serve(entry(1), rule(), route("away"));
        soon(hub::inForce);
        soon(() -> said().getState() == LiveState.LIVE_STATE_UNREADABLE);
        assertThat(said().getReason()).startsWith("istiod-east: ").contains("port 15014");

        east.istiod().start();

        soon(hub::everywhere);
        assertThat(everyEnvoyRoutesBy("away")).isTrue();
    }

    @Test
    void withoutTheRightToTheTokenItStaysAppliedAndSaysWhy() {
        agent.close();
        String manifest = AgentOnRealApiServerIT.manifest(hub);
        east.apply(manifest.replace("[serviceaccounts/token]", "[serviceaccounts/none]"));
        agent = RunningAgent.start(east.plane(), hub, "agent-0");
        await().atMost(PATIENCE).until(hub::connected);
        hub.serve(entry(1), rule(), route("unread"));

        soon(hub::inForce);
        soon(() -> said().getState() == LiveState.LIVE_STATE_UNREADABLE);
        assertThat(said().getReason()).startsWith("token of istio-system/weft-live: forbidden (expected: ");
        assertThat(hub.capabilities()).contains("apply").doesNotContain("live");

        east.apply(manifest);
        soon(hub::everywhere);
        assertThat(everyEnvoyRoutesBy("unread")).isTrue();
    }
}
