package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.hub.RunningHub;
import io.weft.hub.TestDatabase;
import io.weft.hub.delivery.JoinedCluster;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class OnboardingTest {
    private static final String TENANT = "joining";

    private final RunningHub hub = RunningHub.shared();
    private final TenantApi api = new TenantApi(TENANT);

    private JsonNode onboarding(String cluster) {
        return api.get("/clusters/" + cluster + "/onboarding");
    }

    private static List<String> states(JsonNode onboarding) {
        return texts(onboarding.get("steps"), "state");
    }

    private static List<String> codes(JsonNode onboarding) {
        return texts(onboarding.get("diagnosis"), "code");
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get(field).stringValue())
                .toList();
    }

    private String token(String cluster) {
        return api.post("/clusters/" + cluster + "/join-token", null)
                .get("token")
                .stringValue();
    }

    /** As if it had happened so much earlier. */
    private void earlier(String cluster, String interval) throws SQLException {
        try (var connection = hub.database().as(TestDatabase.OWNER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("begin; select set_config('app.tenant', '" + TENANT + "', true);"
                    + "update clusters.join_token set created_at = created_at - interval '" + interval
                    + "', expires_at = expires_at - interval '" + interval + "' where cluster = '" + cluster
                    + "'; commit");
        }
    }

    @Test
    void clusterWithoutATokenNeedsAManifest() {
        api.put("/clusters/bare", "{}");

        JsonNode onboarding = onboarding("bare");

        assertThat(onboarding.get("phase").stringValue()).isEqualTo("Waiting");
        assertThat(states(onboarding)).containsExactly("now", "waiting", "waiting", "waiting", "waiting", "waiting");
        assertThat(codes(onboarding)).containsExactly("token-missing");
    }

    @Test
    void silenceAfterThreeMinutesIsDiagnosedWithACommand() throws Exception {
        api.put("/clusters/silent", "{}");
        token("silent");
        assertThat(codes(onboarding("silent"))).isEmpty();
        assertThat(states(onboarding("silent"))).startsWith("done", "now");

        earlier("silent", "4 minutes");

        JsonNode onboarding = onboarding("silent");
        assertThat(states(onboarding)).startsWith("done", "failed", "waiting");
        assertThat(codes(onboarding)).containsExactly("never-dialled");
        assertThat(onboarding.at("/diagnosis/0/command").stringValue()).startsWith("kubectl ");
    }

    @Test
    void refusedTokensAreToldApart() throws Exception {
        api.put("/clusters/tokens", "{}");
        var joiner = JoinedCluster.joiner(hub, hub.token(TENANT), "/api/v1/tenants/" + TENANT + "/clusters/tokens");
        String token = token("tokens");

        assertThatThrownBy(() -> joiner.enrol(token.substring(0, token.length() - 3) + "AAA", "uid-tokens"))
                .hasMessageContaining("not valid");
        JsonNode wrong = onboarding("tokens");
        assertThat(codes(wrong)).containsExactly("token-wrong");
        assertThat(states(wrong)).startsWith("done", "done", "failed", "waiting");
        assertThat(wrong.at("/diagnosis/0/times").intValue()).isEqualTo(1);

        earlier("tokens", "2 hours");
        assertThatThrownBy(() -> joiner.enrol(token, "uid-tokens")).hasMessageContaining("expired");
        assertThat(codes(onboarding("tokens"))).containsExactly("token-expired", "token-wrong");

        joiner.enrol(token("tokens"), "uid-tokens");
        assertThat(codes(onboarding("tokens"))).as("it joined").isEmpty();
        assertThat(states(onboarding("tokens"))).startsWith("done", "done", "done", "now");
    }

    @Test
    void joinedClusterGoesThroughEveryStep() {
        try (JoinedCluster east = JoinedCluster.enrolled(hub, TENANT, "east").connect()) {
            Awaitility.await().until(() -> east.phase().equals("Ready"));

            JsonNode onboarding = onboarding("east");

            assertThat(states(onboarding)).containsOnly("done");
            assertThat(codes(onboarding)).isEmpty();
            assertThat(onboarding.at("/tokens/used").intValue()).isEqualTo(1);
            assertThat(onboarding.at("/steps/2/at").stringValue()).isNotEmpty();
        }
    }

    @Test
    void whatHappensToClustersOfOthersIsNotSeen() {
        api.put("/clusters/private", "{}");

        assertThat(new TenantApi("joining-other")
                        .tryGet("/clusters/private/onboarding")
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.tryGet("/clusters/nowhere/onboarding").statusCode()).isEqualTo(404);
    }

    @Test
    void agentThatMayNotReadAKindIsDiagnosed() {
        try (JoinedCluster blind = JoinedCluster.enrolled(hub, TENANT, "blind")) {
            blind.unreadable("nodes: forbidden").connect();

            Awaitility.await()
                    .untilAsserted(() -> assertThat(codes(onboarding("blind"))).contains("rbac"));

            assertThat(blind.phase()).isEqualTo("Degraded");
            assertThat(blind.status().get("phaseDetail").stringValue())
                    .contains("cannot read nodes (nodes: forbidden)");
        }
    }
}
