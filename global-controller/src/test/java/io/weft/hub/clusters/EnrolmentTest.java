package io.weft.hub.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.weft.hub.RunningHub;
import io.weft.hub.clusters.SessionAuthenticator.RefusedIdentityException;
import io.weft.hub.delivery.AgentPort;
import io.weft.protocol.v1.EnrolResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

class EnrolmentTest {
    private static final String ALPHA = "/api/v1/tenants/alpha";

    private final RunningHub hub = RunningHub.shared();

    private String declare(String cluster) {
        assertThat(hub.put(RunningHub.ALPHA, ALPHA + "/clusters/" + cluster, "{}")
                        .statusCode())
                .isIn(200, 201);
        return ALPHA + "/clusters/" + cluster;
    }

    private String joinToken(String path) {
        return RunningHub.json(hub.post(RunningHub.ALPHA, path + "/join-token", null))
                .get("token")
                .stringValue();
    }

    private Joiner joiner(String path) {
        String manifest = hub.post(RunningHub.ALPHA, path + "/manifest", null).body();
        String ca = manifest.substring(
                        manifest.indexOf("-----BEGIN CERTIFICATE"), manifest.indexOf("-----END CERTIFICATE-----"))
                .replace("    ", "");
        return new Joiner(hub.context().getBean(AgentPort.class).number(), ca + "-----END CERTIFICATE-----\n");
    }

    private SessionIdentity session(EnrolResponse enrolled) throws RefusedIdentityException {
        return hub.context()
                .getBean(SessionAuthenticator.class)
                .authenticate(List.of(Joiner.certificate(enrolled.getCertificateChainPem())));
    }

    @Test
    void clusterJoinsByItsTokenAndRenews() throws Exception {
        String path = declare("joins");
        Joiner joiner = joiner(path);

        EnrolResponse enrolled = joiner.enrol(joinToken(path), "uid-joins");

        assertThat(enrolled.getTenant()).isEqualTo("alpha");
        assertThat(enrolled.getCluster()).isEqualTo("joins");
        X509Certificate certificate = Joiner.certificate(enrolled.getCertificateChainPem());
        assertThat(certificate.getSubjectAlternativeNames().iterator().next().get(1))
                .isEqualTo("spiffe://" + enrolled.getHubId() + "/tenant/alpha/cluster/joins");
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        SessionIdentity identity = session(enrolled);
        assertThat(identity.cluster().value()).isEqualTo("joins");
        assertThat(identity.clusterUid()).isEqualTo("uid-joins");
        assertThat(joiner.renew(enrolled.getCertificateChainPem()).getCertificateChainPem())
                .contains("BEGIN CERTIFICATE");
    }

    @Test
    void joinTokenServesOneKeyOnlyAndTheSecondIsAudited() {
        String path = declare("used");
        String token = joinToken(path);
        Joiner first = joiner(path);
        first.enrol(token, "uid-used");

        assertThat(first.enrol(token, "uid-used").getCluster()).isEqualTo("used");
        assertRefused(() -> joiner(path).enrol(token, "uid-used"), "used before");
        audited("agent:used", "enrol Cluster", "used before");
    }

    @Test
    void wrongTokenIsRefusedAndAudited() {
        String path = declare("wrong");
        String token = joinToken(path);

        assertRefused(() -> joiner(path).enrol(token.substring(0, token.length() - 3) + "AAA", "uid"), "not valid");

        audited("agent:wrong", "enrol Cluster", "not valid");
    }

    @Test
    void expiredTokenIsRefusedAndAudited() throws Exception {
        String path = declare("expired");
        String token = joinToken(path);
        try (var connection = hub.database().as(io.weft.hub.TestDatabase.OWNER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', 'alpha', false)");
            statement.execute(
                    "update clusters.join_token set expires_at = clock_timestamp() where cluster = 'expired'");
        }

        assertRefused(() -> joiner(path).enrol(token, "uid-expired"), "expired");
        audited("agent:expired", "enrol Cluster", "expired");
    }

    @Test
    void oneClusterHasOneNameAndOneNameOneCluster() {
        String first = declare("one");
        String second = declare("two");
        joiner(first).enrol(joinToken(first), "uid-one");

        assertRefused(() -> joiner(second).enrol(joinToken(second), "uid-one"), "joined as one");
        assertRefused(() -> joiner(first).enrol(joinToken(first), "uid-other"), "another cluster");
        audited("agent:two", "enrol Cluster", "joined as one");
        audited("agent:one", "enrol Cluster", "another cluster");
    }

    @Test
    void revocationReachesListenersAndEndsTheCertificate() throws Exception {
        String path = declare("revoked");
        Joiner joiner = joiner(path);
        EnrolResponse enrolled = joiner.enrol(joinToken(path), "uid-revoked");
        List<String> heard = new CopyOnWriteArrayList<>();
        try (AutoCloseable listening = hub.context()
                .getBean(SessionAuthenticator.class)
                .listen((tenant, cluster, before) -> heard.add(tenant + "/" + cluster))) {
            assertThat(listening).isNotNull();

            assertThat(hub.post(RunningHub.ALPHA, path + "/revoke", "{\"reason\":\"stolen\"}")
                            .statusCode())
                    .isEqualTo(200);

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains("alpha/revoked"));
        }
        assertThatThrownBy(() -> session(enrolled))
                .isInstanceOf(RefusedIdentityException.class)
                .hasMessageContaining("revoked");
        assertRefused(() -> joiner.renew(enrolled.getCertificateChainPem()), "revoked");
        audited("agent:revoked", "renew Certificate", "revoked");
        assertThat(joiner.session(enrolled.getCertificateChainPem(), "uid-revoked"))
                .contains("revoked");
        audited("agent:revoked", "open Session", "revoked");
        assertThat(session(joiner.enrol(joinToken(path), "uid-revoked"))
                        .cluster()
                        .value())
                .isEqualTo("revoked");
    }

    @Test
    void joinTokenOfOneClusterIsNoneOfAnothers() {
        String mine = declare("mine-only");
        declare("not-mine");
        String token = joinToken(mine).replace("_mine-only_", "_not-mine_");

        assertRefused(() -> joiner(mine).enrol(token, "uid-not-mine"), "not valid");
        audited("agent:not-mine", "enrol Cluster", "not valid");
    }

    @Test
    void agentThatClaimsAnotherClustersIdIsRefusedAndAudited() {
        String path = declare("claims");
        Joiner joiner = joiner(path);
        EnrolResponse enrolled = joiner.enrol(joinToken(path), "uid-claims");

        assertThat(joiner.session(enrolled.getCertificateChainPem(), "uid-of-another"))
                .contains("cluster_uid: uid-of-another (expected: the one that the certificate is for)");

        audited("agent:claims", "open Session", "uid-of-another");
        assertThat(joiner.session(enrolled.getCertificateChainPem(), "uid-claims"))
                .isEqualTo("welcome");
    }

    /** The call names no cluster: whoever has a certificate gets another of the same name, and of no other. */
    @Test
    void certificateRenewsForItsOwnClusterOnly() throws Exception {
        String path = declare("renews");
        Joiner joiner = joiner(path);
        EnrolResponse enrolled = joiner.enrol(joinToken(path), "uid-renews");

        X509Certificate renewed = Joiner.certificate(
                joiner.renew(enrolled.getCertificateChainPem()).getCertificateChainPem());

        assertThat(renewed.getSubjectAlternativeNames())
                .containsExactlyElementsOf(
                        Joiner.certificate(enrolled.getCertificateChainPem()).getSubjectAlternativeNames());
        assertThat(hub.delete(RunningHub.ALPHA, path).statusCode()).isEqualTo(200);
        assertRefused(() -> joiner.renew(enrolled.getCertificateChainPem()), "");
        audited("agent:renews", "renew Certificate", "");
    }

    @Test
    void strangersAreCounted() {
        String path = declare("strangers");
        double before = strangers();

        assertRefused(() -> joiner(path).enrol("weftjoin_nobody_a_" + "A".repeat(43), "uid"), "not valid");
        assertRefused(() -> joiner(path).enrol("anything", "uid"), "not valid");
        assertThat(hub.get("weft_unknown0unknown0_" + "A".repeat(43), "/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
        assertThat(hub.get("eyJhbGciOiJub25lIn0.e30.", "/api/v1/me").statusCode())
                .isEqualTo(401);

        assertThat(strangers()).isGreaterThanOrEqualTo(before + 4);
        assertThat(hub.get(null, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    private double strangers() {
        return hub.context()
                .getBean(MeterRegistry.class)
                .get("weft.refused.strangers")
                .counter()
                .count();
    }

    @Test
    void deletedClusterIsPutOut() {
        String path = declare("deleted");
        Joiner joiner = joiner(path);
        EnrolResponse enrolled = joiner.enrol(joinToken(path), "uid-deleted");

        assertThat(hub.delete(RunningHub.ALPHA, path).statusCode()).isEqualTo(200);

        assertThatThrownBy(() -> session(enrolled)).isInstanceOf(RefusedIdentityException.class);
        String other = declare("deleted-anew");
        assertThat(joiner(other).enrol(joinToken(other), "uid-deleted").getCluster())
                .isEqualTo("deleted-anew");
    }

    @Test
    void manifestIsYamlWithEverythingFilledIn() {
        String path = declare("manifest");

        String manifest = hub.post(RunningHub.ALPHA, path + "/manifest", null).body();

        assertThat(manifest).doesNotContain("${").contains("localhost:9443", "weftjoin_alpha_manifest_");
        List<String> kinds = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(manifest)) {
            kinds.add(String.valueOf(((Map<?, ?>) document).get("kind")));
        }
        assertThat(kinds).contains("Namespace", "ServiceAccount", "Secret", "ClusterRole", "Deployment");
    }

    @Test
    void nobodyJoinsAClusterThatIsNotDeclared() {
        assertThat(hub.post(RunningHub.ALPHA, ALPHA + "/clusters/nowhere/join-token", null)
                        .statusCode())
                .isEqualTo(404);
    }

    private void audited(String actor, String action, String why) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonNode refused = RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/audit?chain=refused"));
            assertThat(refused.get("items")).anySatisfy(item -> {
                assertThat(item.get("actor").stringValue()).isEqualTo(actor);
                assertThat(item.get("action").stringValue()).isEqualTo(action);
                assertThat(item.get("source").stringValue()).isNotEmpty();
                assertThat(item.at("/detail/reason").stringValue()).contains(why);
            });
        });
    }

    private static void assertRefused(Runnable call, String why) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED))
                .hasMessageContaining(why);
    }
}
