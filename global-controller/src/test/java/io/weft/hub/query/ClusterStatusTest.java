package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import io.weft.hub.delivery.JoinedCluster;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class ClusterStatusTest {
    private static final String PATH = "/api/v1/tenants/";

    private final RunningHub hub = RunningHub.shared();

    private JsonNode get(String tenant, String path) {
        HttpResponse<String> answer = hub.get(hub.token(tenant), PATH + tenant + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningHub.json(answer);
    }

    private void put(String tenant, String path, String body) {
        HttpResponse<String> answer = hub.put(hub.token(tenant), PATH + tenant + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    @Test
    void clusterThatNobodyDialledFromWaits() {
        put("phases", "/clusters/waits", "{}");

        JsonNode status = get("phases", "/clusters/waits").get("status");

        assertThat(status.get("phase").stringValue()).isEqualTo("Waiting");
        assertThat(status.get("phaseDetail").stringValue()).isEqualTo("No agent has joined yet.");
        assertThat(status.get("connected").booleanValue()).isFalse();
        assertThat(status.has("lastSeen")).isFalse();
        assertThat(status.get("nodes").intValue()).isZero();
        assertThat(status.get("simulated").booleanValue()).isFalse();
    }

    @Test
    void joinedClusterTellsWhatItIs() {
        try (JoinedCluster east = JoinedCluster.enrolled(hub, "phases", "east")) {
            east.node("n1", Map.of("weft.io/simulated", "true")).service("shop", "cart", "v1");
            assertThat(east.phase()).isEqualTo("Waiting");
            east.connect();
            Awaitility.await().until(() -> east.phase().equals("Ready"));

            JsonNode status = east.status();

            assertThat(status.get("connected").booleanValue()).isTrue();
            assertThat(Instant.parse(status.get("lastSeen").stringValue()))
                    .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
            assertThat(status.get("agentVersion").stringValue()).isEqualTo("test");
            assertThat(status.get("capabilities").toString()).isEqualTo("[\"apply\",\"drift\"]");
            assertThat(status.at("/mesh/kind").stringValue()).isEqualTo("istio");
            assertThat(status.get("nodes").intValue()).isEqualTo(1);
            assertThat(status.get("services").intValue()).isEqualTo(1);
            assertThat(status.get("namespaces").intValue()).isEqualTo(1);
            assertThat(Instant.parse(status.get("certificateExpiresAt").stringValue()))
                    .isAfter(Instant.now());
            assertThat(status.get("liveness").stringValue()).isEqualTo("connected");
            assertThat(status.get("simulated").booleanValue()).isTrue();
            assertThat(get("phases", "/clusters?q=eas")
                            .at("/items/0/status/phase")
                            .stringValue())
                    .isEqualTo("Ready");
        }
    }

    @Test
    void clusterThatLeftIsDisconnectedAndARevokedOneIsRevoked() {
        JoinedCluster left = JoinedCluster.enrolled(hub, "phases", "left").connect();
        left.close();
        Awaitility.await().until(() -> left.phase().equals("Disconnected"));
        assertThat(left.status().get("phaseDetail").stringValue()).startsWith("Not connected since ");

        hub.post(hub.token("phases"), PATH + "phases/clusters/left/revoke", "{}");
        assertThat(left.phase()).isEqualTo("Revoked");

        hub.post(hub.token("phases"), PATH + "phases/clusters/left/join-token", null);
        assertThat(left.phase()).isEqualTo("Waiting");
    }

    @Test
    void clusterThatRefusesObjectsIsDegraded() {
        try (JoinedCluster picky = JoinedCluster.enrolled(hub, "picky", "picky")) {
            picky.service("shop", "cart", "v1").refusing(key -> true).connect();
            put("picky", "/global-namespaces/shop", SHOP);

            Awaitility.await().until(() -> picky.phase().equals("Degraded"));

            assertThat(picky.status().get("phaseDetail").stringValue()).contains("refused");
        }
    }

    @Test
    void clustersOfAnotherTenantAreOthers() {
        try (JoinedCluster mine = JoinedCluster.enrolled(hub, "phases", "same").connect()) {
            put("phases-other", "/clusters/same", "{}");

            assertThat(mine.status().get("connected").booleanValue()).isTrue();
            JsonNode theirs = get("phases-other", "/clusters");
            assertThat(theirs.get("total").intValue()).isEqualTo(1);
            assertThat(theirs.at("/items/0/status/phase").stringValue()).isEqualTo("Waiting");
        }
    }

    @Test
    void globalNamespaceCountsItsMembers() {
        try (JoinedCluster a = JoinedCluster.enrolled(hub, "members", "a");
                JoinedCluster b = JoinedCluster.enrolled(hub, "members", "b")) {
            a.service("shop", "cart", "v1").service("shop", "pay", "v1").connect();
            b.namespace("web", Map.of()).service("shop", "cart", "v1").connect();
            put("members", "/global-namespaces/shop", SHOP);

            JsonNode members = get("members", "/global-namespaces/shop").at("/status/members");

            assertThat(members.toString()).isEqualTo("{\"clusters\":2,\"namespaces\":3,\"services\":2}");
        }
    }

    @Test
    void listsAreSearchedAndCountedOverAllPages() {
        for (int i = 0; i < 5; i++) {
            put("lists", "/clusters/east-" + i, "{\"spec\":{\"displayName\":\"Frankfurt " + i + "\"}}");
        }
        put("lists", "/clusters/west", "{}");

        List<String> names = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("lists", "/clusters?q=FRANK&limit=2" + next);
            assertThat(page.get("total").intValue()).isEqualTo(5);
            page.get("items")
                    .forEach(item -> names.add(item.at("/metadata/name").stringValue()));
            next = page.has("continue") ? "&continue=" + page.get("continue").stringValue() : "";
        } while (!next.isEmpty());

        assertThat(names).containsExactly("east-0", "east-1", "east-2", "east-3", "east-4");
        assertThat(get("lists", "/clusters?q=rank+4").get("total").intValue()).isZero();
        assertThat(get("lists", "/clusters?q=furt%204").get("total").intValue()).isEqualTo(1);
    }

    @Test
    void routesOfAllGlobalNamespacesAreOneList() {
        for (String gns : List.of("one", "two")) {
            put("routes", "/global-namespaces/" + gns, SHOP.replace("shop.example", gns + ".example"));
            put(
                    "routes",
                    "/global-namespaces/" + gns + "/traffic-routes/same",
                    "{\"spec\":{\"target\":\"cart\",\"rules\":[{\"timeout\":\"5s\"}]}}");
        }

        JsonNode first = get("routes", "/traffic-routes?limit=1");
        JsonNode second = get(
                "routes",
                "/traffic-routes?limit=1&continue=" + first.get("continue").stringValue());

        assertThat(first.get("total").intValue()).isEqualTo(2);
        assertThat(first.at("/items/0/metadata/globalNamespace").stringValue()).isEqualTo("one");
        assertThat(second.at("/items/0/metadata/globalNamespace").stringValue()).isEqualTo("two");
        assertThat(second.has("continue")).isFalse();
    }

    private static final String SHOP =
            "{\"spec\":{\"domain\":\"shop.example\",\"members\":[{\"namespaceSelector\":{}}]}}";
}
