package io.weft.it.whole;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Keycloak as a process of this machine. */
final class KeycloakServer implements Keycloak {
    private static final Duration START_TIME = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final int port;

    private KeycloakServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Ready when this returns. */
    static KeycloakServer start(Path distribution, Map<String, JsonNode> realms) {
        try {
            Path folder = Files.createTempDirectory("weft-it-keycloak");
            Path home = folder.resolve("keycloak");
            KeycloakFiles.copyTo(distribution, home);
            Path imports = Files.createDirectories(home.resolve("data/import"));
            for (var realm : realms.entrySet()) {
                Files.writeString(
                        imports.resolve(realm.getKey() + ".json"),
                        realm.getValue().toString());
            }
            int port = freePort();
            int management = freePort();
            KeycloakServer server = new KeycloakServer(folder, launch(home, port, management, folder), port);
            Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
            server.awaitReady(management);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path home, int port, int management, Path folder) throws IOException {
        List<String> command = List.of(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--import-realm",
                "--health-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + management);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** "Listening on" in its output comes too early. */
    private void awaitReady(int management) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        await().atMost(START_TIME).until(() -> {
            if (!process.isAlive()) throw new AssertionError(log());
            try {
                return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Override
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public String issuer(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    /** The shell and the server that it may have started. */
    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(child -> {
            child.destroyForcibly();
            child.onExit().join();
        });
    }

    @Override
    public void close() {
        kill();
        client.close();
        KeycloakFiles.deleteTree(folder);
    }
}
