package io.weft.hub.clusters.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.weft.hub.RunningHub;
import io.weft.hub.clusters.Joiner;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.clusters.SessionAuthenticator.RefusedIdentityException;
import io.weft.hub.delivery.AgentPort;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class ExpiredCertificateTest {
    private static final TenantId ALPHA = new TenantId("alpha");

    private final RunningHub hub = RunningHub.shared();

    private Joiner joined(String cluster) {
        String path = "/api/v1/tenants/alpha/clusters/" + cluster;
        hub.put(RunningHub.ALPHA, path, "{}");
        String token = RunningHub.json(hub.post(RunningHub.ALPHA, path + "/join-token", null))
                .get("token")
                .stringValue();
        X509Certificate root =
                hub.context().getBean(AuthorityStore.class).ofHub().certificate();
        Joiner joiner = new Joiner(hub.context().getBean(AgentPort.class).number(), EnrolmentService.pem(root));
        joiner.enrol(token, "uid-" + cluster);
        return joiner;
    }

    /** As the hub would have issued it two hours ago, for one hour. */
    private X509Certificate expired(Authority authority, TenantId tenant, String cluster, KeyPair key) {
        return expired(authority, hub.context().getBean(LogStore.class).hubId(), tenant, cluster, key);
    }

    private static X509Certificate expired(
            Authority authority, String hubId, TenantId tenant, String cluster, KeyPair key) {
        String name =
                AgentCertificate.name(hubId, tenant, new ClusterName(cluster)).toString();
        return authority.issue(
                key.getPublic(),
                cluster,
                List.of(new GeneralName(GeneralName.uniformResourceIdentifier, name)),
                KeyPurposeId.id_kp_clientAuth,
                AgentCertificate.serial(Instant.now()),
                Instant.now().minus(Duration.ofHours(2)),
                Duration.ofHours(1));
    }

    @Test
    void expiredCertificateRenewsAndDoesNothingElse() {
        Joiner joiner = joined("late");
        Authority authority = hub.context().getBean(AuthorityStore.class).of(ALPHA);
        KeyPair key = Joiner.newKey();
        X509Certificate expired = expired(authority, ALPHA, "late", key);

        assertThatThrownBy(
                        () -> hub.context().getBean(SessionAuthenticator.class).authenticate(List.of(expired)))
                .isInstanceOf(RefusedIdentityException.class)
                .hasMessageContaining("expired");
        assertThat(joiner.renew(EnrolmentService.pem(expired), key.getPrivate()).getCertificateChainPem())
                .contains("BEGIN CERTIFICATE");
    }

    @Test
    void certificateOfAStrangersAuthorityIsRefusedInTheHandshakeAndCounted() {
        double before = strangers();
        Joiner joiner = joined("forged");
        KeyPair key = Joiner.newKey();
        Authority stranger = Authority.create("weft tenant alpha", Instant.now());
        X509Certificate forged = expired(stranger, ALPHA, "forged", key);

        assertThatThrownBy(() -> joiner.renew(EnrolmentService.pem(forged), key.getPrivate()))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(strangers()).isGreaterThan(before);
    }

    @Test
    void certificateOfASecondHubIsRefusedInTheHandshakeAndCounted() {
        double before = strangers();
        Joiner joiner = joined("of-two-hubs");
        KeyPair key = Joiner.newKey();
        Authority authority = hub.context().getBean(AuthorityStore.class).of(ALPHA);
        X509Certificate elsewhere = expired(authority, "another-hub", ALPHA, "of-two-hubs", key);

        assertThatThrownBy(() -> joiner.renew(EnrolmentService.pem(elsewhere), key.getPrivate()))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(strangers()).isGreaterThan(before);
    }

    private double strangers() {
        return hub.context()
                .getBean(MeterRegistry.class)
                .get("weft.refused.strangers")
                .counter()
                .count();
    }

    @Test
    void authorityOfOneTenantSpeaksForNoOther() {
        Joiner joiner = joined("mine");
        KeyPair key = Joiner.newKey();
        hub.token("beta");
        Authority ofBeta = hub.context().getBean(AuthorityStore.class).of(new TenantId("beta"));
        X509Certificate forged = expired(ofBeta, ALPHA, "mine", key);

        assertThatThrownBy(() -> joiner.renew(EnrolmentService.pem(forged), key.getPrivate()))
                .isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void sealedKeyOpensOnlyWithItsMasterKeyAndForItsPurpose() {
        byte[] key = new byte[32];
        key[0] = 1;
        byte[] sealed = new Envelope(key).seal("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), "tenant/a");

        assertThat(new Envelope(key).open(sealed, "tenant/a")).asString().isEqualTo("secret");
        assertThatThrownBy(() -> new Envelope(key).open(sealed, "tenant/b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Envelope(new byte[32]).open(sealed, "tenant/a"))
                .isInstanceOf(IllegalStateException.class);
    }
}
