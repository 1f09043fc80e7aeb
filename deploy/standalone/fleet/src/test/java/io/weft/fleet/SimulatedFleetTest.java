package io.weft.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.fleet.cluster.Documents;
import io.weft.fleet.cluster.SimulatedCluster;
import io.weft.fleet.life.Life;
import io.weft.fleet.shop.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SimulatedFleetTest {
    private static final int MANY = 300;

    @TempDir
    Path folder;

    @Test
    void theShopIsThereAndItsPodsAreReady() {
        try (SimulatedFleet fleet = SimulatedFleet.inMemory(Shop.online())) {
            assertThat(fleet.names()).containsExactly("aws-eu-1", "aws-us-1", "gcp-eu-1");
            for (String name : fleet.names()) {
                SimulatedCluster cluster = fleet.cluster(name);
                assertThat(cluster.list("v1", "Pod", "")).hasSizeGreaterThan(25).allMatch(SimulatedFleetTest::ready);
                assertThat(cluster.get("v1", "Service", "shop", "cart")).isPresent();
                assertThat(cluster.list("v1", "Node", ""))
                        .allMatch(node -> node.at("/metadata/labels/weft.io~1simulated")
                                .asString("")
                                .equals("true"));
            }
        }
    }

    private static boolean ready(ObjectNode object) {
        return object.at("/status/conditions/0/status").asString("").equals("True");
    }

    /** What an agent would call over the network must not be the network of this machine. */
    @Test
    void noIstiodHasAnAddress() {
        try (SimulatedFleet fleet = SimulatedFleet.inMemory(Shop.online())) {
            ObjectNode istiod = fleet.cluster("aws-eu-1").list("v1", "Pod", "istio-system").stream()
                    .filter(pod -> pod.at("/metadata/labels/app").asString("").equals("istiod"))
                    .findFirst()
                    .orElseThrow();
            assertThat(istiod.at("/status/podIP").isMissingNode()).isTrue();
        }
    }

    @Test
    void whatWasWrittenOutlivesTheProcess() throws Exception {
        String uid;
        String token;
        int version;
        try (SimulatedCluster cluster = SimulatedCluster.in(folder, "east")) {
            cluster.apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: weft-system}
                    ---
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: weft-agent, namespace: weft-system}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: identity, namespace: weft-system}
                    stringData: {key: kept}
                    ---
                    apiVersion: coordination.k8s.io/v1
                    kind: Lease
                    metadata: {name: weft-agent, namespace: weft-system}
                    spec: {holderIdentity: somebody}
                    """);
            uid = cluster.get("v1", "Namespace", "", "kube-system")
                    .orElseThrow()
                    .at("/metadata/uid")
                    .asString();
            version = cluster.get("v1", "Secret", "weft-system", "identity")
                    .orElseThrow()
                    .at("/metadata/resourceVersion")
                    .asInt();
            token = cluster.administratorToken();
        }
        Files.writeString(folder.resolve("objects/secrets~weft-system~half.json.new"), "{");
        Files.writeString(folder.resolve("objects/secrets~weft-system~broken.json"), "{");

        try (SimulatedCluster cluster = SimulatedCluster.in(folder, "east")) {
            assertThat(cluster.get("v1", "Namespace", "", "kube-system")
                            .orElseThrow()
                            .at("/metadata/uid")
                            .asString())
                    .isEqualTo(uid);
            ObjectNode secret =
                    cluster.get("v1", "Secret", "weft-system", "identity").orElseThrow();
            assertThat(secret.at("/data/key").asString()).isEqualTo("a2VwdA==");
            assertThat(cluster.administratorToken()).isEqualTo(token);
            assertThat(cluster.token("weft-system", "weft-agent", Duration.ofHours(1)))
                    .isNotEmpty();
            assertThat(cluster.list("coordination.k8s.io/v1", "Lease", "")).isEmpty();
            assertThat(cluster.list("v1", "Secret", "")).hasSize(1);
            ((ObjectNode) secret.path("metadata")).putObject("labels").put("a", "b");
            cluster.put(secret);
            assertThat(cluster.get("v1", "Secret", "weft-system", "identity")
                            .orElseThrow()
                            .at("/metadata/resourceVersion")
                            .asInt())
                    .isGreaterThan(version);
        }
        try (Stream<Path> files = Files.list(folder.resolve("objects"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".new"));
        }
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8)).hasSizeGreaterThan(20);
    }

    private static List<String> story(long seed) {
        List<String> told = new ArrayList<>();
        try (SimulatedFleet fleet =
                SimulatedFleet.inMemory(List.of(Shop.online().getFirst()))) {
            Life life = new Life(fleet.cluster("aws-eu-1"), InstantSource.system(), seed, told::add);
            for (int i = 0; i < 30; i++) {
                life.happen();
                life.settle();
            }
        }
        return told;
    }

    @Test
    void podsOfALostNodeAreNotReadyUntilItIsBack() {
        try (SimulatedFleet fleet =
                SimulatedFleet.inMemory(List.of(Shop.online().getFirst()))) {
            SimulatedCluster cluster = fleet.cluster("aws-eu-1");
            Life life = fleet.life("aws-eu-1");

            life.loseNode();
            life.settle();
            assertThat(cluster.list("v1", "Node", "")).anyMatch(node -> !ready(node));
            assertThat(cluster.list("v1", "Pod", "")).anyMatch(pod -> !ready(pod));

            life.nodeReturns();
            life.settle();
            assertThat(cluster.list("v1", "Pod", "")).allMatch(SimulatedFleetTest::ready);
        }
    }

    @Test
    void manyClustersAreNotMuch() {
        long before = heap();
        try (SimulatedFleet fleet = SimulatedFleet.inMemory(Shop.generated(MANY, 2))) {
            assertThat(fleet.names()).hasSize(MANY);
            assertThat((heap() - before) / MANY).isLessThan(1024 * 1024);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void whatAnApiServerWouldRefuseIsRefused() {
        try (SimulatedCluster cluster = SimulatedCluster.inMemory("east")) {
            ObjectNode odd = Documents.all("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: odd, namespace: nowhere}
                    """).getFirst();
            assertThatThrownBy(() -> cluster.put(odd)).hasMessage("namespaces \"nowhere\" not found");
        }
    }
}
