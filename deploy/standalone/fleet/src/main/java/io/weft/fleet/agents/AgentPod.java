package io.weft.fleet.agents;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.weft.agent.AgentMain;
import io.weft.agent.AgentSettings;
import io.weft.fleet.cluster.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pod of the agent's Deployment: its volumes as files, its environment, the account's token, and in it the real agent
 * as a thread of this process. Only its health port is not as written there, since all pods share this machine's ports.
 */
final class AgentPod implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentPod.class);
    /** For all clients: each of its own would learn all of Kubernetes' types anew, and keep them. */
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SimulatedCluster cluster;
    private final ObjectNode deployment;
    private final String name;
    private final Path folder;
    private final HttpClient.Factory http;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private String token = "";
    private long tokenUntil;

    AgentPod(SimulatedCluster cluster, ObjectNode deployment, String name, Path folder, HttpClient.Factory http) {
        this.cluster = cluster;
        this.deployment = deployment;
        this.name = name;
        this.folder = folder;
        this.http = http;
        this.thread = Thread.ofVirtual().name(cluster.name() + "/" + name).start(this::keep);
    }

    /** As a kubelet: what ends is started again. */
    private void keep() {
        int restarts = 0;
        try {
            while (stop.getCount() > 0) {
                try {
                    mount();
                    tell(true, restarts);
                    AgentMain.run(AgentSettings.of(environment()), client(), stop);
                } catch (IOException | AgentSettings.Invalid | RuntimeException e) {
                    LOG.warn("{}: the agent ended: {}", cluster.name(), e.getMessage());
                }
                if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) return;
                tell(false, ++restarts);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode template() {
        return deployment.path("spec").path("template");
    }

    private String namespace() {
        return deployment.path("metadata").path("namespace").asString("");
    }

    private JsonNode container() {
        return template().path("spec").path("containers").path(0);
    }

    /** Writes the Secrets that are mounted where the pod's folder stands for its root. */
    private void mount() throws IOException {
        for (JsonNode mount : container().path("volumeMounts")) {
            JsonNode secret =
                    volume(mount.path("name").asString("")).path("secret").path("secretName");
            if (secret.isMissingNode()) continue;
            Path target = inside(mount.path("mountPath").asString(""));
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
            JsonNode data = cluster.get("v1", "Secret", namespace(), secret.asString(""))
                    .orElseThrow(() -> new IOException("secret " + secret.asString("") + " is missing"))
                    .path("data");
            for (Map.Entry<String, JsonNode> entry : data.properties()) {
                Files.write(
                        target.resolve(entry.getKey()),
                        Base64.getDecoder().decode(entry.getValue().asString("")));
            }
        }
    }

    private JsonNode volume(String wanted) {
        return template()
                .path("spec")
                .path("volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString("").equals(wanted))
                .findFirst()
                .orElseGet(() -> deployment.path("no such volume"));
    }

    private Path inside(String path) {
        return folder.resolve(path.substring(1));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container().path("env")) {
            String field = variable.path("valueFrom")
                    .path("fieldRef")
                    .path("fieldPath")
                    .asString("");
            String value = switch (field) {
                case "metadata.name" -> name;
                case "metadata.namespace" -> namespace();
                default -> variable.path("value").asString("");
            };
            environment.put(variable.path("name").asString(""), mounted(value));
        }
        environment.put("WEFT_HTTP_PORT", "0");
        return environment;
    }

    private String mounted(String value) {
        boolean below = container()
                .path("volumeMounts")
                .valueStream()
                .anyMatch(mount -> value.startsWith(mount.path("mountPath").asString("?") + "/"));
        return below ? inside(value).toString() : value;
    }

    private KubernetesClient client() {
        String authority =
                Base64.getEncoder().encodeToString(cluster.authority().getBytes(StandardCharsets.US_ASCII));
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.url())
                .withCaCertData(authority)
                .withOauthTokenProvider(this::token)
                .withNamespace(namespace())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http)
                .withKubernetesSerialization(JSON)
                .build();
    }

    /** Renewed at half of its life. */
    private synchronized String token() {
        if (System.nanoTime() > tokenUntil || token.isEmpty()) {
            String account = template().path("spec").path("serviceAccountName").asString("");
            token = cluster.token(namespace(), account, TOKEN_LIFE);
            tokenUntil = System.nanoTime() + TOKEN_LIFE.dividedBy(2).toNanos();
        }
        return token;
    }

    /** What a kubelet says of the pod. */
    private void tell(boolean ready, int restarts) {
        ObjectNode pod = deployment.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", namespace());
        metadata.set("labels", template().path("metadata").path("labels"));
        pod.set("spec", template().path("spec").deepCopy());
        cluster.list("v1", "Node", "").stream()
                .findFirst()
                .map(node -> node.path("metadata").path("name").asString(""))
                .ifPresent(node -> ((ObjectNode) pod.path("spec")).put("nodeName", node));
        ObjectNode status = pod.putObject("status").put("phase", "Running").put("podIP", "127.0.0.1");
        status.putArray("conditions").addObject().put("type", "Ready").put("status", ready ? "True" : "False");
        status.putArray("containerStatuses")
                .addObject()
                .put("name", container().path("name").asString(""))
                .put("ready", ready)
                .put("restartCount", restarts);
        cluster.put(pod);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(10))) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (Files.isDirectory(folder)) delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
