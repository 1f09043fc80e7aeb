package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.it.real.ControlPlane;
import io.weft.it.real.RealCluster;
import io.weft.it.real.RealClusterBinaries;
import io.weft.it.whole.PairWriter.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * PostgreSQL is killed under a running system, with writes going on and an agent connected: what was acknowledged is
 * there, what was not is there wholly or not at all, and the agent's stream outlives it.
 */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseOutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TENANT = "/tenants/demo";
    private static final String MESH_AND_SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: istio-system, labels: {topology.istio.io/network: east}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data: {mesh: "trustDomain: cluster.local"}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}
            """;
    private static final String LATER = """
            apiVersion: v1
            kind: Service
            metadata: {name: later, namespace: shop}
            spec: {selector: {app: later}, ports: [{name: http, port: 80}]}
            """;

    private ControlPlane plane;
    private WeftProcess weft;
    private AgentProcess agent;
    private Rest rest;
    private String since;

    @BeforeAll
    void start() throws IOException {
        plane = ControlPlane.start();
        plane.apply(Files.readString(RealClusterBinaries.require().istioDefinitions()));
        plane.apply(MESH_AND_SHOP);
        weft = WeftProcess.up(1, "127.0.0.1");
        rest = weft.rest(1);
        rest.put(TENANT + "/clusters/east", "{}").good();
        String manifest =
                rest.post(TENANT + "/clusters/east/manifest", "").good().body();
        agent = AgentProcess.join(plane, "east", manifest, "127.0.0.1:" + weft.grpcPort(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(services()).as(agent.log()).contains("cart"));
        since = connectedSince();
    }

    @AfterAll
    void stop() {
        if (agent != null) agent.close();
        if (weft != null) weft.close();
        plane.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndTheAgentStaysWhenPostgresIsKilledUnderThem() {
        List<PairWriter> writers = Stream.of("red", "green", "blue")
                .map(name -> new PairWriter(rest, TENANT, name))
                .toList();
        try {
            everyone(writers, writer -> writer.acknowledged().size() >= 10);
            // Again and again: the supervisor has it back in a moment.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                weft.killDatabase();
                assertThat(rest.probe("/healthz").status()).isEqualTo(200);
                return rest.probe("/readyz").status() == 503 && writers.stream().allMatch(w -> w.refused() > 0);
            });
            await().atMost(PATIENCE).until(() -> rest.probe("/readyz").status() == 200);
            List<Integer> before =
                    writers.stream().map(w -> w.acknowledged().size()).toList();
            everyone(writers, writer -> writer.acknowledged().size() >= before.get(writers.indexOf(writer)) + 10);
        } finally {
            writers.forEach(PairWriter::close);
        }

        writers.forEach(this::everyAnswerWasTrue);
        everyRevisionHasItsAuditRecord();
        theAgentStayedAndWorks();
    }

    private static void everyone(List<PairWriter> writers, java.util.function.Predicate<PairWriter> condition) {
        await().atMost(PATIENCE).until(() -> writers.stream().allMatch(condition));
    }

    private void everyAnswerWasTrue(PairWriter writer) {
        List<Attempt> refused =
                writer.attempts().stream().filter(each -> !each.acknowledged()).toList();
        assertThat(refused)
                .as("refused writes of %s", writer.name())
                .isNotEmpty()
                .allMatch(each -> each.status() == 503 && each.saysWhenToRetry());
        List<String> written = history(writer.name() + "-a");
        assertThat(written)
                .containsAll(writer.acknowledged())
                .doesNotHaveDuplicates()
                .isSubsetOf(writer.attempts().stream().map(Attempt::number).toList())
                .isEqualTo(history(writer.name() + "-b"));
        assertThat(rest.get(TENANT + "/clusters/" + writer.name() + "-a")
                        .good()
                        .json()
                        .at("/spec/region")
                        .asString())
                .isEqualTo(written.getFirst());
    }

    /** Newest first. */
    private List<String> history(String cluster) {
        return all("/clusters/" + cluster + "/history").stream()
                .map(version -> version.at("/document/spec/region").asString())
                .toList();
    }

    private void everyRevisionHasItsAuditRecord() {
        List<Long> applied = all("/revisions").stream()
                .filter(revision -> revision.get("resources").toString().contains("Cluster//red-")
                        || revision.get("resources").toString().contains("Cluster//green-")
                        || revision.get("resources").toString().contains("Cluster//blue-"))
                .map(revision -> revision.get("position").asLong())
                .toList();
        List<Long> audited = all("/audit").stream()
                .filter(record -> record.get("action").asString().equals("apply"))
                .map(record -> record.get("position").asLong())
                .toList();
        assertThat(audited).hasSizeGreaterThan(60).isEqualTo(applied);
        assertThat(rest.get(TENANT + "/audit/verification")
                        .good()
                        .json()
                        .get("brokenAt")
                        .isNull())
                .isTrue();
    }

    private void theAgentStayedAndWorks() {
        assertThat(connectedSince()).as(agent.log()).isEqualTo(since);
        plane.apply(LATER);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(services()).as(agent.log()).contains("later"));
        JsonNode written =
                rest.put(TENANT + "/global-namespaces/shop", """
                        spec: {domain: shop.example, members: [{namespaceSelector: [{field: name, op: Exact, value: shop}]}]}
                        """).good().json();
        long revision = written.at("/metadata/revision").asLong();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stateOfEast(revision)).as(agent.log()).isIn("applied", "live"));
    }

    private String stateOfEast(long revision) {
        return rest.get(TENANT + "/revisions/" + revision)
                .good()
                .json()
                .path("clusters")
                .valueStream()
                .filter(cluster -> cluster.path("cluster").asString().equals("east"))
                .map(cluster -> cluster.path("state").asString())
                .findFirst()
                .orElse("");
    }

    private String connectedSince() {
        JsonNode bundle = rest.get(TENANT + "/clusters/east/bundle").good().json();
        assertThat(bundle.get("connected").asBoolean()).as(agent.log()).isTrue();
        return bundle.get("since").asString();
    }

    private List<String> services() {
        return rest.get(TENANT + "/inventory/services")
                .good()
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    private List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        while (true) {
            JsonNode page = rest.get(TENANT + path + "?limit=500" + next).good().json();
            page.get("items").forEach(items::add);
            if (!page.has("continue")) return items;
            next = "&continue=" + page.get("continue").asString();
        }
    }
}
