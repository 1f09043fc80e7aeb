package io.weft.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.model.TenantId;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccessTest {
    private final RunningHub hub = RunningHub.shared();

    @Test
    void readinessIsPublicAndNothingElseOfTheActuatorIs() {
        assertThat(hub.get(null, "/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(hub.get(null, "/actuator/health").statusCode()).isEqualTo(401);
        assertThat(hub.get(null, "/actuator/env").statusCode()).isEqualTo(401);
        assertThat(hub.get(RunningHub.ALPHA, "/actuator/env").statusCode()).isEqualTo(404);
    }

    @Test
    void healthAndReadinessArePublic() {
        assertThat(hub.get(null, "/healthz").body()).isEqualTo("alive\n");
        assertThat(hub.get(null, "/readyz").body()).isEqualTo("ready\n");
    }

    @Test
    void frozenTenantIsReleasedByAPlatformAdministratorAndByNobodyElse() {
        TenantId frozen = new TenantId("frozen");
        String admin = hub.token("frozen");
        String path = "/api/v1/tenants/frozen/release-freeze";
        assertThat(hub.post(RunningHub.ALPHA, path, "{}").statusCode()).isEqualTo(409);
        hub.context().getBean(LogStore.class).freeze(frozen, "another history was seen");
        assertThat(hub.put(admin, "/api/v1/tenants/frozen/clusters/a", "{}").statusCode())
                .isNotIn(200, 201);

        assertThat(hub.post(admin, path, "{}").statusCode()).isEqualTo(403);
        assertThat(hub.post(hub.token("beta"), path, "{}").statusCode()).isEqualTo(404);
        HttpResponse<String> released = hub.post(RunningHub.ALPHA, path, "{}");

        assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
        assertThat(RunningHub.json(released).get("incarnation").asLong()).isEqualTo(2);
        assertThat(hub.put(admin, "/api/v1/tenants/frozen/clusters/a", "{}").statusCode())
                .isEqualTo(201);
        assertThat(hub.get(admin, "/api/v1/tenants/frozen/audit").body()).contains("release freeze");
        assertThat(hub.post(RunningHub.ALPHA, "/api/v1/tenants/nobody/release-freeze", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void meSaysWhoTheCredentialIs() {
        JsonNode me = RunningHub.json(hub.get(RunningHub.ALPHA, "/api/v1/me"));

        assertThat(me.get("subject").stringValue()).isEqualTo("token:0123456789abcdef");
        assertThat(me.get("platformAdministrator").booleanValue()).isTrue();
        assertThat(me.at("/tenants/0/name").stringValue()).isEqualTo("alpha");
        assertThat(me.at("/tenants/0/roles/0").stringValue()).isEqualTo("admin");
    }

    @Test
    void wrongSecretOfAKnownTokenIsRefused() {
        HttpResponse<String> answer = hub.get("weft_0123456789abcdef_" + "B".repeat(43), "/api/v1/me");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"weft\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void tenantOfOthersLooksLikeNoTenantAtAll() {
        String beta = hub.token("beta");

        HttpResponse<String> ofOthers = hub.get(beta, "/api/v1/tenants/alpha/tokens");
        HttpResponse<String> ofNobody = hub.get(beta, "/api/v1/tenants/nobody/tokens");
        HttpResponse<String> escaped = hub.get(beta, "/api/v1/%74enants/alpha/tokens");

        assertThat(ofOthers.statusCode()).isEqualTo(404);
        assertThat(ofOthers.body()).isEqualTo(ofNobody.body()).isEqualTo(escaped.body());
    }

    @Test
    void whoLooksAtATenantOfOthersIsSeenByHisOwn() {
        String curious = hub.token("curious");

        hub.get(curious, "/api/v1/tenants/alpha/clusters/secret-of-alpha");

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(hub.get(curious, "/api/v1/tenants/curious/audit?chain=refused")
                                .body())
                        .contains("/api/v1/tenants/alpha/clusters/secret-of-alpha", "not visible to this credential"));
        assertThat(hub.get(RunningHub.ALPHA, "/api/v1/tenants/alpha/audit?chain=refused")
                        .body())
                .doesNotContain("secret-of-alpha");
    }

    @Test
    void deletedTokenIsWorthNothing() {
        String path = "/api/v1/tenants/alpha/tokens";
        JsonNode made = RunningHub.json(hub.post(RunningHub.ALPHA, path, "{\"name\":\"x\",\"role\":\"viewer\"}"));
        String token = made.get("token").stringValue();
        assertThat(hub.get(token, "/api/v1/me").statusCode()).isEqualTo(200);

        assertThat(hub.delete(RunningHub.ALPHA, path + "/" + made.get("id").stringValue())
                        .statusCode())
                .isEqualTo(204);

        assertThat(hub.get(token, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void secretIsShownOnceOnly() {
        String path = "/api/v1/tenants/alpha/tokens";
        hub.post(RunningHub.ALPHA, path, "{\"name\":\"once\",\"role\":\"viewer\"}");

        JsonNode listed = RunningHub.json(hub.get(RunningHub.ALPHA, path));

        assertThat(listed.get("items"))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.has("token")).isFalse());
    }

    @Test
    void viewerMayNotGiveAccess() {
        String viewer = hub.token(new TenantId("alpha"), "viewer");

        HttpResponse<String> answer =
                hub.post(viewer, "/api/v1/tenants/alpha/tokens", "{\"name\":\"x\",\"role\":\"admin\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void everythingWrongWithATokensBodyIsToldAtOnce() {
        HttpResponse<String> answer = hub.post(
                RunningHub.ALPHA,
                "/api/v1/tenants/alpha/tokens",
                "{\"role\":\"king\",\"expiresAt\":\"2001-01-01T00:00:00Z\",\"colour\":1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(RunningHub.json(answer).get("violations"))
                .extracting(violation -> violation.get("pointer").stringValue())
                .containsExactlyInAnyOrder("/colour", "/name", "/role", "/expiresAt");
    }

    @Test
    void takenNameOfATenantIsAConflict() {
        hub.token("gamma");

        assertThat(hub.post(RunningHub.ALPHA, "/api/v1/tenants", "{\"name\":\"gamma\"}")
                        .statusCode())
                .isEqualTo(409);
    }
}
