package io.weft.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Weft in a data folder of a test's own, by the commands a person types, with the fake as its hub and its console. */
final class Installation implements AutoCloseable {
    record Result(int status, String output) {}

    final Path data;
    final int port;
    final int grpcPort;
    final Path jar;

    Installation(Path folder) throws IOException {
        data = folder.resolve("data");
        jar = folder.resolve("fake-hub-exec.jar");
        packFakeHub(jar);
        port = twoFreePorts();
        grpcPort = twoFreePorts();
    }

    private static int twoFreePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
                if (second.isBound()) return first.getLocalPort();
            } catch (IOException e) {
                System.err.println("trying other ports: " + e.getMessage());
            }
        }
    }

    private static void packFakeHub(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeHub.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, location(org.postgresql.Driver.class));
        Path classes = Path.of(URI.create(location(FakeHub.class)));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.list(classes.resolve("io/weft/launcher"))) {
            for (Path path : all.filter(p -> p.getFileName().toString().startsWith("FakeHub"))
                    .toList()) {
                out.putNextEntry(new JarEntry("io/weft/launcher/" + path.getFileName()));
                Files.copy(path, out);
            }
        }
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    Result up(String... more) throws Exception {
        return up(Map.of(), more);
    }

    Result up(Map<String, String> environment, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--grpc-port=" + grpcPort,
                "--address=127.0.0.1",
                "--hub-jar=" + jar,
                "--console-jar=" + jar));
        if (Arrays.stream(more).noneMatch(option -> option.startsWith("--fleet-jar"))) arguments.add("--no-demo");
        arguments.addAll(List.of(more));
        return weft(environment, "up", arguments);
    }

    Result weft(String command) throws Exception {
        return weft(Map.of(), command, List.of());
    }

    private Result weft(Map<String, String> environment, String command, List<String> arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WeftMain.class.getName(),
                command,
                "--data-dir=" + data));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(4, TimeUnit.MINUTES)) throw new AssertionError("weft " + command + " does not end");
        return new Result(process.exitValue(), output);
    }

    /** How often a hub has started with these data, by one of the hub's replicas. */
    int starts(int replica) throws Exception {
        return Integer.parseInt(get(state().hubAddresses().get(replica - 1) + "/starts"));
    }

    /** What the console's process has in its environment. */
    String consoleVariable(String name) throws Exception {
        return get("http://127.0.0.1:" + port + "/variable/" + name);
    }

    private static String get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    RunState state() {
        return RunState.read(new DataFolder(data)).orElseThrow();
    }

    RunState.Component component(String name) {
        return state().processes().get(name);
    }

    /** As {@code kill -9}. */
    static void kill(long process) {
        ProcessHandle.of(process).orElseThrow().destroyForcibly();
    }

    @Override
    public void close() throws Exception {
        Result down = weft("down");
        if (down.status() != 0) throw new AssertionError(down.output());
    }
}
