package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletStandInIT {
    private static final String RUN = """
            echo "secret=$(cat /etc/weft/join) variable=$FROM_SECRET pod=$POD argument=$1 user=$(id -u)"
            echo "token=$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)"
            echo "namespace=$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)"
            head -1 /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
            echo "server=$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT"
            mkfifo /tmp/open
            exec /app/traffic serve -address 127.0.0.1:$PORT <>/tmp/open
            """;

    private ControlPlane plane;
    private KubeletStandIn kubelet;

    @BeforeAll
    void start(@TempDir Path folder) {
        Path tar = image(folder);
        plane = ControlPlane.start();
        plane.apply("""
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
                metadata: {name: join, namespace: weft-system}
                stringData: {join: hidden-word}
                """);
        kubelet = KubeletStandIn.start(plane, "weft-system", Map.of("tiny:1", tar));
    }

    @AfterAll
    void stop() {
        kubelet.close();
        plane.close();
    }

    @Test
    void anAppliedDeploymentRunsWithItsSecretsAndItsAccount() {
        plane.apply(deployment("agent", Place.loopback().firstPort(), "tiny:1"));

        soon(() -> assertThat(plane.client()
                        .apps()
                        .deployments()
                        .inNamespace("weft-system")
                        .withName("agent")
                        .isReady())
                .as(() -> kubelet.output(pod("agent").getMetadata().getName()))
                .isTrue());

        Pod pod = pod("agent");
        String output = kubelet.output(pod.getMetadata().getName());
        assertThat(output)
                .contains("secret=hidden-word variable=hidden-word")
                .contains("pod=" + pod.getMetadata().getName())
                .contains("argument=given user=4321")
                .contains("namespace=weft-system")
                .contains("-----BEGIN CERTIFICATE-----")
                .contains("server=" + plane.url().substring("https://".length()));
        try (KubernetesClient account = plane.client(value(output, "token"))) {
            assertThatThrownBy(() -> account.pods().inNamespace("weft-system").list())
                    .hasMessageContaining("system:serviceaccount:weft-system:weft-agent");
        }

        kubelet.kill(pod.getMetadata().getName());

        soon(() -> assertThat(pod("agent").getStatus().getContainerStatuses().getFirst())
                .satisfies(status -> assertThat(status.getRestartCount()).isEqualTo(1))
                .satisfies(status -> assertThat(status.getReady()).isTrue()));

        plane.delete(deployment("agent", 1, "tiny:1"));

        soon(() -> assertThat(kubelet.pods()).noneMatch(name -> name.startsWith("agent-")));
    }

    @Test
    void anImageThatIsNotThereIsSaidInThePodsStatus() {
        plane.apply(deployment("lost", 1, "absent:1"));

        soon(() -> assertThat(pod("lost")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getWaiting()
                        .getMessage())
                .contains("absent:1"));

        plane.delete(deployment("lost", 1, "absent:1"));
    }

    private Pod pod(String app) {
        return plane.client()
                .pods()
                .inNamespace("weft-system")
                .withLabel("app", app)
                .list()
                .getItems()
                .getFirst();
    }

    private static String value(String output, String name) {
        return output.lines()
                .filter(line -> line.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static String deployment(String name, int port, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: weft-system}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      serviceAccountName: weft-agent
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: agent
                        image: %3$s
                        args: [$(WORD)]
                        env:
                        - {name: WORD, value: given}
                        - {name: PORT, value: "%2$d"}
                        - {name: FROM_SECRET, valueFrom: {secretKeyRef: {name: join, key: join}}}
                        - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                        securityContext: {runAsUser: 4321, readOnlyRootFilesystem: true}
                        ports: [{name: health, containerPort: %2$d}]
                        readinessProbe: {httpGet: {path: /ready, port: health}}
                        volumeMounts: [{name: join, mountPath: /etc/weft}, {name: scratch, mountPath: /tmp}]
                      volumes: [{name: join, secret: {secretName: join}}, {name: scratch, emptyDir: {}}]
                """.formatted(name, port, image);
    }

    /** An image of two files in Docker's layout; its shell is this machine's. */
    private static Path image(Path folder) {
        ControlPlaneKeys.write(folder.resolve("layer/app/run.sh"), RUN);
        ControlPlaneKeys.write(
                folder.resolve("image/config.json"),
                "{\"config\": {\"Entrypoint\": [\"/bin/sh\", \"/app/run.sh\"], \"Env\": [\"A=b\"], \"WorkingDir\": \"/app\"}}");
        ControlPlaneKeys.write(
                folder.resolve("image/manifest.json"),
                "[{\"Config\": \"config.json\", \"RepoTags\": [\"tiny:1\"], \"Layers\": [\"layer.tar.gz\"]}]");
        Shell.script("""
                cp '%2$s' '%1$s/layer/app/traffic'
                tar -czf '%1$s/image/layer.tar.gz' -C '%1$s/layer' app
                tar -cf '%1$s/tiny.tar' -C '%1$s/image' .
                """.formatted(folder, RealClusterBinaries.require().traffic()));
        return folder.resolve("tiny.tar");
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
