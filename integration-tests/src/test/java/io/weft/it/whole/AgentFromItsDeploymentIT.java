package io.weft.it.whole;

import static io.weft.it.whole.DeployedAgent.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.weft.it.real.AuditedRequest;
import io.weft.it.real.RealCluster;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The agent as a user gets it: the manifest of a running hub, applied to a real API server, and nothing else. Its pods
 * are started from the applied Deployment and the image of this build; below the image's layers is this machine's JDK.
 */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentFromItsDeploymentIT {
    /** Tokens with which istiod is asked for its proxies' state; here there is none to ask. */
    private static final GrantedRight ONLY_WHERE_ISTIOD_RUNS =
            new GrantedRight("create", "", "serviceaccounts/token", "istio-system", "weft-live");

    private static final String REFUSAL = "this cluster is closed for the night";
    private static final String CLOSED = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: closed}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                - apiGroups: [networking.istio.io]
                  apiVersions: ["*"]
                  operations: [CREATE, UPDATE]
                  resources: [virtualservices]
              validations:
              - {expression: "false", message: %s}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: closed}
            spec: {policyName: closed, validationActions: [Deny]}
            """.formatted(REFUSAL);

    private static final String ROUTES = "/apis/networking.istio.io/v1/namespaces/shop/virtualservices";
    private static final String ROUTE = """
            {"apiVersion":"networking.istio.io/v1","kind":"VirtualService","metadata":{"name":"probe"},
             "spec":{"hosts":["probe.example"],"http":[{"route":[{"destination":{"host":"probe.example"}}]}]}}""";

    private DeployedAgent east;

    @BeforeAll
    void start() {
        east = DeployedAgent.start(Map.of());
    }

    @AfterAll
    void stop() {
        east.close();
    }

    @Test
    @Order(1)
    void theClusterIsConnectedByTheManifestAlone() {
        soon(() -> assertThat(east.connected()).as(east::agents).isTrue());
        soon(() -> assertThat(east.plane
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace("weft-system")
                        .withName("weft-agent")
                        .isReady())
                .as(east::agents)
                .isTrue());
        soon(() -> assertThat(east.services()).contains("cart", "eastwestgateway"));
        assertThat(east.kubelet.pods()).hasSize(2);
    }

    @Test
    @Order(2)
    void objectsOfAGlobalNamespaceAreApplied() {
        east.declareShop();
        split(80);

        soon(() -> assertThat(east.bundle().path("objects").asInt()).isGreaterThan(2));
        soon(east::assertInForce);
        assertThat(weights()).containsExactly(80, 20);
    }

    @Test
    @Order(3)
    void aKilledAgentIsStartedAgainAndGoesOnWithTheBundleItRemembers() {
        List<String> before = MeshOwned.in(east.plane);
        east.weft.weft("down");
        try {
            east.kubelet.pods().forEach(east.kubelet::kill);
            MeshOwned.delete(east.plane, "virtualservices");

            soon(() -> assertThat(MeshOwned.in(east.plane)).as(east::agents).isEqualTo(before));
            assertThat(weights()).containsExactly(80, 20);
        } finally {
            east.weft.start();
        }
        soon(east::assertInForce);
    }

    @Test
    @Order(4)
    void aHubThatIsKilledDuringAPushHasItsWayInTheEnd() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int weight = 1; weight <= 40; weight++) {
                try {
                    split(weight);
                    written.set(weight);
                } catch (AssertionError | RuntimeException hubIsGone) {
                    // its answer is lost; whether it wrote is what the end shows
                }
            }
        });
        soon(() -> assertThat(written.get()).isGreaterThanOrEqualTo(10));

        east.weft.killHub(1);
        writer.join();
        soon(() -> assertThat(east.rest.get(DeployedAgent.EAST + "/bundle").status())
                .isEqualTo(200));
        split(64);

        soon(east::assertInForce);
        assertThat(weights()).containsExactly(64, 36);
    }

    @Test
    @Order(5)
    void anApiServerThatIsAwayGetsWhatItMissed() {
        east.plane.killApiServer();
        split(55);
        east.plane.startApiServer();

        soon(east::assertInForce);
        assertThat(weights()).containsExactly(55, 45);
    }

    @Test
    @Order(6)
    void whatTheClusterRefusesIsSaidAtTheHubUntilItIsAccepted() {
        east.plane.apply(CLOSED);
        soon(() -> assertThatThrownBy(
                        () -> east.plane.api().request("POST", ROUTES + "?dryRun=All", "application/json", ROUTE))
                .hasMessageContaining(REFUSAL)); // a policy takes a moment to be in force
        List<Integer> before = weights();

        split(31);

        soon(() -> assertThat(east.bundle().path("refusals").toString()).contains(REFUSAL));
        soon(() -> assertThat(routeState()).isEqualTo("refused"));
        assertThat(weights()).isEqualTo(before).isNotEqualTo(List.of(31, 69));

        east.plane.delete(CLOSED);

        soon(east::assertInForce);
        assertThat(weights()).containsExactly(31, 69);
    }

    @Test
    @Order(7)
    void everyRightOfTheManifestIsUsedAndNoneIsMissing() {
        east.rest.delete(DeployedAgent.GNS + "/traffic-routes/cart").good();
        east.rest.delete(DeployedAgent.GNS).good();
        soon(() -> assertThat(MeshOwned.in(east.plane)).as(east::agents).isEmpty());

        List<AuditedRequest> requests = east.plane.audited();
        List<GrantedRight> granted =
                GrantedRight.of(east.plane.client().load(stream(east.manifest)).items());
        assertThat(granted).hasSizeGreaterThan(40);
        assertThat(granted.stream()
                        .filter(right -> requests.stream().noneMatch(right::usedBy))
                        .toList())
                .as("granted and never used")
                .containsExactly(ONLY_WHERE_ISTIOD_RUNS);
        // An API server that has just begun refuses for a moment what it allows later.
        assertThat(requests.stream()
                        .filter(AuditedRequest::forbidden)
                        .filter(refused -> requests.stream().noneMatch(refused::allowedBy))
                        .toList())
                .as("needed and not granted")
                .isEmpty();
    }

    @Test
    @Order(8)
    void withoutTheRightToListNothingIsPrunedNorReportedGone() {
        east.declareShop();
        split(20);
        soon(east::assertInForce);
        List<String> before = MeshOwned.in(east.plane);
        List<String> services = east.services();
        String blind = east.manifest
                .replace("resources: [services, pods, nodes]", "resources: [nodes]")
                .replace("verbs: [get, list, watch, create, patch, delete]", "verbs: [get, create, patch, delete]");
        assertThat(blind).isNotEqualTo(east.manifest);

        east.plane.apply(blind);
        String since = east.bundle().path("since").asString();
        east.kubelet.pods().forEach(east.kubelet::kill); // with no memory of what there was, either
        soon(() -> assertThat(east.bundle().path("since").asString()).isNotEqualTo(since));
        soon(() -> assertThat(east.connected()).as(east::agents).isTrue());
        Awaitility.await()
                .during(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(MeshOwned.in(east.plane)).isEqualTo(before);
                    assertThat(east.services()).isEqualTo(services);
                });
        assertThat(weights()).containsExactly(20, 80);

        east.plane.apply(east.manifest);
        soon(() -> {
            split(21);
            east.assertInForce();
        });
    }

    @Test
    @Order(9)
    void anAgentThatHangsFailsItsProbesAndIsStartedAgain() {
        String leader = east.plane
                .client()
                .leases()
                .inNamespace(DeployedAgent.NAMESPACE)
                .withName("weft-agent")
                .get()
                .getSpec()
                .getHolderIdentity();
        int starts = restarts(leader);

        east.kubelet.freeze(leader);

        soon(() -> assertThat(pod(leader).getReady()).isFalse());
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> restarts(leader) > starts);
        soon(() -> assertThat(pod(leader).getReady()).isTrue());
        split(22);
        soon(east::assertInForce);
    }

    private ContainerStatus pod(String name) {
        return east.plane
                .client()
                .pods()
                .inNamespace(DeployedAgent.NAMESPACE)
                .withName(name)
                .get()
                .getStatus()
                .getContainerStatuses()
                .getFirst();
    }

    private int restarts(String name) {
        return pod(name).getRestartCount();
    }

    private String routeState() {
        return east.rest
                .get(DeployedAgent.GNS + "/traffic-routes/cart")
                .good()
                .json()
                .path("status")
                .path("clusters")
                .path(0)
                .path("state")
                .asString();
    }

    private void split(int weight) {
        east.split(weight);
    }

    private List<Integer> weights() {
        return MeshOwned.weights(east.plane, "cart");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
