package io.weft.it.whole;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.weft.it.real.ControlPlane;
import io.weft.it.real.MeshCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent as a process of this machine, with what its manifest gives it and no more: the join Secret, the service
 * account's own token. Ends with this JVM.
 */
public final class AgentProcess implements AutoCloseable {
    private static final String NAMESPACE = "weft-system";

    private final Path folder;
    private final Map<String, String> environment;
    private @Nullable Process process;

    private AgentProcess(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Applies the manifest and starts an agent.
     *
     * @param hub where it dials, instead of the manifest's address: another replica
     */
    static AgentProcess join(MeshCluster cluster, String manifest, String hub) {
        return join(cluster.plane(), cluster.name(), manifest, hub);
    }

    /** As above, for a cluster without a mesh. */
    public static AgentProcess join(ControlPlane plane, String name, String manifest, String hub) {
        plane.apply(manifest);
        Secret join = plane.client().load(stream(manifest)).items().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the manifest has no Secret"));
        try {
            Path folder = Files.createTempDirectory("weft-it-agent-" + name);
            for (Map.Entry<String, String> entry : join.getStringData().entrySet()) {
                Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
            }
            String account = plane.client().load(stream(manifest)).items().stream()
                    .filter(item -> item.getKind().equals("ServiceAccount"))
                    .map(HasMetadata::getMetadata)
                    .map(metadata -> metadata.getName())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the manifest has no ServiceAccount"));
            Files.writeString(folder.resolve("kubeconfig"), kubeconfig(plane, account));
            AgentProcess agent = new AgentProcess(
                    folder,
                    Map.of(
                            "WEFT_HUB_ADDRESS",
                            hub,
                            "WEFT_HUB_CA_FILE",
                            folder.resolve("ca.crt").toString(),
                            "WEFT_JOIN_TOKEN_FILE",
                            folder.resolve("token").toString(),
                            "WEFT_HTTP_PORT",
                            "0",
                            "WEFT_EXIT_ON_STDIN_EOF",
                            "true",
                            "POD_NAMESPACE",
                            NAMESPACE,
                            "POD_NAME",
                            "weft-agent-0",
                            "KUBECONFIG",
                            folder.resolve("kubeconfig").toString()));
            agent.start();
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.io.InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String kubeconfig(ControlPlane plane, String account) {
        String token = plane.token(NAMESPACE, account, Duration.ofHours(1));
        String authority =
                java.util.Base64.getEncoder().encodeToString(plane.authority().getBytes(StandardCharsets.UTF_8));
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """.formatted(plane.url(), authority, token);
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m", // half of what the manifest allows, as the image says, and the rest as there
                        "-Xms16m",
                        "-Xmn8m",
                        "-XX:MinHeapFreeRatio=10",
                        "-XX:MaxHeapFreeRatio=25",
                        "-Dio.netty.allocator.numDirectArenas=1",
                        "-Dio.netty.allocator.numHeapArenas=1",
                        "-Dio.netty.allocator.maxOrder=5",
                        "-Dio.grpc.netty.shaded.io.netty.allocator.numDirectArenas=1",
                        "-Dio.grpc.netty.shaded.io.netty.allocator.numHeapArenas=1",
                        "-Dio.grpc.netty.shaded.io.netty.allocator.maxOrder=5",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.weft.agent.AgentMain")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("WEFT_") || name.startsWith("KUBERNETES_"));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Its number on this machine. */
    public long pid() {
        if (process == null) throw new IllegalStateException("it was not started");
        return process.pid();
    }

    /** What it wrote, for the message of a failure. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        List<Process> running = process == null ? List.of() : List.of(process);
        running.forEach(each -> each.destroyForcibly().onExit().join());
    }

    @Override
    public void close() {
        kill();
    }
}
