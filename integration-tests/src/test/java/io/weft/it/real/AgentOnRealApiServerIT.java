package io.weft.it.real;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.protocol.v1.RefusalCode;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The agent as its manifest installs it, against a real API server and the hub's own session. */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentOnRealApiServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROUTES = "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/";
    private static final String FILTERS = "/apis/networking.istio.io/v1alpha3/namespaces/shop/envoyfilters/";

    private ControlPlane plane;
    private ScriptedHub hub;
    private RunningAgent agent;

    @BeforeAll
    void prepare() {
        plane = ControlPlane.start();
        ShopObjects.apply(plane);
        hub = new ScriptedHub();
        plane.apply(manifest(hub));
    }

    @AfterAll
    void end() {
        hub.close();
        plane.close();
    }

    @BeforeEach
    void start() {
        agent = RunningAgent.start(plane, hub, "agent-0");
        await().atMost(PATIENCE).until(hub::connected);
    }

    @AfterEach
    void stop() {
        plane.apply(manifest(hub)); // whatever rights a test took away
        hub.serve();
        await().atMost(PATIENCE).until(hub::inForce);
        agent.close();
    }

    static String manifest(ScriptedHub hub) {
        try (InputStream template = AgentOnRealApiServerIT.class.getResourceAsStream("/weft/agent.yaml.template")) {
            if (template == null) throw new IllegalStateException("the agent's manifest is missing");
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${cluster}", "east")
                    .replace("${tenant}", "acme")
                    .replace("${joinToken}", ScriptedHub.JOIN_TOKEN)
                    .replace("${hubCa}", hub.authorityPem().strip().replace("\n", "\n    "))
                    .replace("${agentImage}", "weft/cluster-agent")
                    .replace("${hubAddress}", hub.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String route(String name, String host, int weight) {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
                 "metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"hosts":["%2$s"],"exportTo":["shop"],"http":[{"route":[
                   {"destination":{"host":"%2$s","subset":"v1"},"weight":%3$d},
                   {"destination":{"host":"%2$s","subset":"v2"},"weight":%4$d}]}]}}""".formatted(name, host, weight, 100 - weight);
    }

    private static String entry(String name, String host) {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"ServiceEntry",
                 "metadata":{"name":"%s","namespace":"shop","annotations":{"weft.io/gns":"shop"}},
                 "spec":{"hosts":["%s"],"location":"MESH_INTERNAL","resolution":"STATIC","exportTo":["shop"],
                   "ports":[{"number":80,"name":"http-80","protocol":"HTTP","targetPort":8080}],
                   "workloadSelector":{"labels":{"app":"cart"}}}}""".formatted(name, host);
    }

    private Map<?, ?> spec(String name) {
        return (Map<?, ?>) requireNonNull(plane.api().get(ROUTES + name).get("spec"));
    }

    private ReportItem item(ReportKind kind, String key) {
        return Optional.ofNullable(hub.reported(kind).get(key)).orElse(ReportItem.getDefaultInstance());
    }

    private boolean exists(String path) {
        return plane.api().answers(path);
    }

    @Test
    void appliesWhatTheHubSaysAndPrunesWhatItNoLongerSays() {
        hub.serve(entry("cart", "cart.example"), route("cart", "cart.example", 80));
        await().atMost(PATIENCE).until(hub::inForce);
        assertThat(spec("cart").get("hosts")).asString().contains("cart.example");

        hub.serve(entry("cart", "cart.example"));
        await().atMost(PATIENCE).until(hub::inForce);
        assertThat(exists(ROUTES + "cart")).isFalse();
        assertThat(exists("/apis/networking.istio.io/v1/namespaces/shop/serviceentries/cart"))
                .isTrue();
    }

    @Test
    void putsRightWhatAHandChangedAddedOrDeleted() {
        hub.serve(route("cart", "cart.example", 80));
        await().atMost(PATIENCE).until(hub::inForce);
        Object right = spec("cart");

        plane.api().request("PATCH", ROUTES + "cart", "application/merge-patch+json", """
                        {"spec":{"hosts":["evil.example"],"gateways":["mesh"]}}""");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat((Object) spec("cart")).isEqualTo(right));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(hub.drift()).anyMatch(item -> item.getKey().endsWith("|shop|cart")));

        plane.api().request("DELETE", ROUTES + "cart", "application/json", "");
        await().atMost(PATIENCE).until(() -> exists(ROUTES + "cart"));
    }

    @Test
    void anObjectThatBreaksTheSchemaIsRefusedAloneAndAtOnce() {
        String broken = route("broken", "broken.example", 80).replace("\"hosts\":[\"broken.example\"]", "\"hosts\":7");
        String unknown = route("unknown", "unknown.example", 80).replace("\"exportTo\"", "\"exportFrom\"");
        long begin = System.nanoTime();

        hub.serve(broken, unknown, route("good", "good.example", 80));

        await().atMost(PATIENCE).until(() -> hub.refusals().size() == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(hub.refusals()).allSatisfy(refusal -> {
            assertThat(refusal.getCode()).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
            assertThat(refusal.getReason()).isNotBlank();
        });
        assertThat(exists(ROUTES + "good")).isTrue();
    }

    @Test
    void aUsersOwnObjectOfTheSameNameIsNeverTouched() {
        plane.apply(route("mine", "mine.example", 50));
        try {
            hub.serve(route("mine", "weft.example", 80));

            await().atMost(PATIENCE).until(() -> hub.refusals().size() == 1);
            assertThat(hub.refusals().getFirst().getCode()).isEqualTo(RefusalCode.REFUSAL_CODE_CONFLICT);
            assertThat(spec("mine").get("hosts")).asString().contains("mine.example");
        } finally {
            plane.delete(route("mine", "mine.example", 50));
        }
    }

    @Test
    void aUsersOwnRouteForTheSameHostIsAConflictUntilItIsGone() {
        plane.apply(route("theirs", "cart.example", 50));
        hub.serve(route("ours", "cart.example", 80));

        await().atMost(PATIENCE).until(() -> hub.refusals().size() == 1);
        assertThat(hub.refusals().getFirst().getReason()).contains("shop/theirs");
        assertThat(exists(ROUTES + "ours")).isFalse();

        plane.delete(route("theirs", "cart.example", 50));
        await().atMost(PATIENCE).until(hub::inForce);
    }

    @Test
    void reportsWhatIsThere() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var version = item(ReportKind.REPORT_KIND_VERSION, "shop/cart/v1");
            assertThat(version.getVersion().getReady()).isEqualTo(1);
            assertThat(version.getVersion().getMeshed()).isTrue();
            assertThat(version.getVersion().getServiceAccountsList()).containsExactly("cart");
            assertThat(version.getVersion().getLocality()).isEqualTo("eu/eu-1");
        });
        var service = item(ReportKind.REPORT_KIND_SERVICE, "shop/cart");
        assertThat(service.getService().getPorts(0).getTargetPort()).isEqualTo(8080);
        var mesh = item(ReportKind.REPORT_KIND_MESH, "istio");
        assertThat(mesh.getMesh().getNetwork()).isEqualTo("east-net");
        assertThat(mesh.getMesh().getTrustDomain()).isEqualTo("mesh.example");
        assertThat(mesh.getMesh().getDnsCapture()).isTrue();
        var gateway = item(ReportKind.REPORT_KIND_GATEWAY, "istio-system/eastwestgateway");
        assertThat(gateway.getGateway().getAddresses(0).getAddress()).isEqualTo("172.30.0.10");
        assertThat(gateway.getGateway().getAddresses(0).getPort()).isEqualTo(15443);

        ShopObjects.ready(plane, "cart-1", false);
        await().atMost(PATIENCE)
                .until(() -> item(ReportKind.REPORT_KIND_VERSION, "shop/cart/v1")
                                .getVersion()
                                .getReady()
                        == 0);
        ShopObjects.ready(plane, "cart-1", true);
    }

    @Test
    void theDeathOfTheApiServerIsSurvived() {
        hub.serve(route("cart", "cart.example", 80));
        await().atMost(PATIENCE).until(hub::inForce);

        plane.killApiServer();
        hub.serve(route("cart", "cart.example", 70));
        plane.startApiServer();

        await().atMost(PATIENCE).until(hub::inForce);
        assertThat(spec("cart").toString()).contains("70");
    }

    @Test
    void withoutTheRightToListNothingIsReportedGone() {
        await().atMost(PATIENCE)
                .until(() -> hub.reported(ReportKind.REPORT_KIND_SERVICE).containsKey("shop/cart"));
        plane.apply(manifest(hub).replace("[services, pods, nodes]", "[nodes]"));
        plane.killApiServer(); // or the watches would go on with the rights they began with
        plane.startApiServer();

        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(hub.incomplete(ReportKind.REPORT_KIND_SERVICE))
                        .startsWith(
                                "services: services is forbidden: User \"system:serviceaccount:weft-system:weft-agent\""
                                        + " cannot list resource \"services\""));
        assertThat(hub.reported(ReportKind.REPORT_KIND_SERVICE)).containsKey("shop/cart");
        assertThat(hub.reported(ReportKind.REPORT_KIND_VERSION)).containsKey("shop/cart/v1");

        plane.apply(manifest(hub));
        await().atMost(PATIENCE.multipliedBy(3)) // a watch that was refused waits up to half a minute between tries
                .until(() -> hub.incomplete(ReportKind.REPORT_KIND_SERVICE).isEmpty());
    }

    @Test
    void aRestartedAgentCorrectsDriftWithoutItsHub() {
        hub.serve(route("cart", "cart.example", 80));
        await().atMost(PATIENCE).until(hub::inForce);
        agent.close();
        hub.stop();
        try {
            plane.api().request("DELETE", ROUTES + "cart", "application/json", "");
            agent = RunningAgent.start(plane, hub, "agent-0");

            await().atMost(PATIENCE).until(() -> exists(ROUTES + "cart"));
            plane.api().request("PATCH", ROUTES + "cart", "application/merge-patch+json", """
                            {"spec":{"hosts":["evil.example"]}}""");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(spec("cart").toString()).contains("cart.example"));
        } finally {
            hub.start();
        }
        await().atMost(PATIENCE).until(hub::connected);
    }

    @Test
    void aBundleOfManySecretsIsReadBackAfterARestart() {
        String[] objects = new String[12];
        for (int i = 0; i < objects.length; i++) objects[i] = incompressible("large-" + i, i);
        hub.serve(objects);
        await().atMost(PATIENCE).until(hub::inForce);
        assertThat(bundleSecrets()).hasSizeGreaterThan(1).contains("weft-bundle");

        agent.close();
        hub.stop();
        try {
            plane.api().request("DELETE", FILTERS + "large-7", "application/json", "");
            agent = RunningAgent.start(plane, hub, "agent-0");
            await().atMost(PATIENCE).until(() -> exists(FILTERS + "large-7"));
        } finally {
            hub.start();
        }
        await().atMost(PATIENCE).until(hub::connected);
        hub.serve(route("cart", "cart.example", 80));
        await().atMost(PATIENCE).until(hub::inForce);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(bundleSecrets()).containsExactly("weft-bundle"));
    }

    /** About 150 kB after compression; the same at every run. */
    private static String incompressible(String name, int seed) {
        byte[] bytes = new byte[150_000];
        new Random(seed).nextBytes(bytes);
        return """
                {"apiVersion":"networking.istio.io/v1alpha3","kind":"EnvoyFilter",
                 "metadata":{"name":"%s","namespace":"shop"},
                 "spec":{"configPatches":[{"applyTo":"BOOTSTRAP","patch":{"operation":"MERGE",
                   "value":{"stats_flush_on_admin":false,"noise":"%s"}}}]}}""".formatted(name, Base64.getEncoder().encodeToString(bytes));
    }

    private List<String> bundleSecrets() {
        return plane.client().secrets().inNamespace("weft-system").list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .filter(name -> name.startsWith("weft-bundle"))
                .toList();
    }

    @Test
    void theOtherReplicaTakesOver() {
        try (RunningAgent other = RunningAgent.start(plane, hub, "agent-1")) {
            agent.close();
            await().atMost(PATIENCE).until(hub::connected);
            hub.serve(route("cart", "cart.example", 80));
            await().atMost(PATIENCE).until(hub::inForce);
            assertThat(hub.enrolments()).isEqualTo(1);
            assertThat(other).isNotNull();
            hub.serve();
            await().atMost(PATIENCE).until(hub::inForce);
        }
        agent = RunningAgent.start(plane, hub, "agent-0");
    }
}
