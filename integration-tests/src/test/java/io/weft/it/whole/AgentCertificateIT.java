package io.weft.it.whole;

import static io.weft.it.whole.DeployedAgent.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.weft.it.real.RealCluster;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The agent's certificate, which here lives for half a minute, at a running hub. */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentCertificateIT {
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private DeployedAgent east;

    @BeforeAll
    void start() {
        east = DeployedAgent.start(Map.of("WEFT_AGENT_CERTIFICATE_LIFETIME", LIFETIME.toString()));
        soon(() -> assertThat(east.connected()).as(east::agents).isTrue());
        east.declareShop();
    }

    @AfterAll
    void stop() {
        east.close();
    }

    @Test
    @Order(1)
    void itIsRenewedBeforeItsEndAndTheClusterStaysConnected() {
        X509Certificate first = certificate();
        soon(() -> assertThat(certificate()).isNotEqualTo(first));
        X509Certificate second = certificate();

        assertThat(second.getNotAfter().toInstant().minus(LIFETIME))
                .as("issued")
                .isBefore(first.getNotAfter().toInstant());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> over(first));
        soon(() -> {
            east.split(30);
            east.assertInForce();
        });
    }

    @Test
    @Order(2)
    void withAnExpiredOneTheAgentRenewsAndOnlyThenIsConnected() {
        east.weft.weft("down");
        X509Certificate old = certificate();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> over(old));

        east.weft.start();

        soon(() -> assertThat(certificate()).isNotEqualTo(old));
        soon(() -> {
            east.split(31);
            east.assertInForce();
        });
        assertThat(MeshOwned.weights(east.plane, "cart")).containsExactly(31, 69);
        assertThat(east.agents()).contains("certificate renewed until");
        // Never joined anew: its token was used up the first time.
        assertThat(east.agents()).doesNotContain("cannot join");
    }

    private static boolean over(X509Certificate certificate) {
        return Instant.now().isAfter(certificate.getNotAfter().toInstant());
    }

    /** As the agent keeps it. */
    private X509Certificate certificate() {
        Secret kept = east.plane
                .client()
                .secrets()
                .inNamespace(DeployedAgent.NAMESPACE)
                .withName("weft-agent-identity")
                .get();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            Base64.getDecoder().decode(kept.getData().get("tls.crt"))));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
