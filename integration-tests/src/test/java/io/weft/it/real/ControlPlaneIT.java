package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneIT {
    private ControlPlane plane;

    @BeforeAll
    void start() {
        plane = ControlPlane.start();
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @Test
    void keepsWhatWasAppliedAcrossTheDeathOfItsApiServer() {
        plane.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kept, namespace: default}
                data: {key: value}
                """);

        plane.killApiServer();
        plane.startApiServer();

        assertThat(plane.client()
                        .configMaps()
                        .inNamespace("default")
                        .withName("kept")
                        .get()
                        .getData())
                .containsEntry("key", "value");
    }

    @Test
    void refusesAFieldThatTheSchemaDoesNotHaveAtOnce() {
        assertThatThrownBy(() -> plane.apply("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: odd, namespace: default}
                        dada: {key: value}
                        """))
                .isInstanceOf(ApiServer.Refused.class)
                .hasMessageContaining("dada");
    }

    @Test
    void aServiceAccountHasNoRightsUntilTheyAreGranted() {
        try (KubernetesClient account = plane.client(plane.token("default", "default", Duration.ofMinutes(10)))) {
            assertThatThrownBy(() -> account.pods().inNamespace("default").list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("forbidden");
        }
    }
}
