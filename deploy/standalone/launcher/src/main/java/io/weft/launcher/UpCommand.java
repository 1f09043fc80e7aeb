package io.weft.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything in the background and returns when it serves. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts PostgreSQL and the hub; returns when they serve.")
final class UpCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "REST API of the first replica; others follow. Default: 8080")
    private int port;

    @Option(names = "--grpc-port", defaultValue = "8443", description = "Agents dial this. Default: 8443")
    private int grpcPort;

    @Option(names = "--replicas", defaultValue = "1", description = "How many hubs. Default: 1")
    private int replicas;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "Host name or address at which agents reach this machine. Default: 127.0.0.1")
    private String address = "127.0.0.1";

    @Option(names = "--hub-jar", hidden = true)
    private @Nullable Path hub;

    @Option(names = "--foreground", description = "Stay in the foreground until stopped.")
    private boolean foreground;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.open();
        folder.open();
        Optional<Running> running = Running.in(folder);
        if (running.isPresent()) {
            say("Weft is already up at http://127.0.0.1:" + running.get().port() + " (data in " + folder.root() + ").");
            return 0;
        }
        if (replicas < 1 || replicas > 9)
            throw new LauncherException("--replicas: " + replicas + " (expected: 1 to 9)");
        Path jar = hub == null ? null : hub.toAbsolutePath();
        if (jar == null || !Files.isReadable(jar)) {
            throw new LauncherException(
                    "The hub is not built: " + jar + " (expected: its executable jar; ./weft builds it)");
        }
        if (foreground) {
            new Supervisor(new UpOptions(folder.root(), port, grpcPort, replicas, address, jar)).run();
            return 0;
        }
        folder.checkRoom();
        return background(folder, jar);
    }

    private int background(DataFolder folder, Path jar) throws IOException, InterruptedException {
        folder.state(new Properties());
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WeftMain.class.getName(),
                "up",
                "--foreground",
                "--data-dir",
                folder.root().toString(),
                "--port",
                Integer.toString(port),
                "--grpc-port",
                Integer.toString(grpcPort),
                "--replicas",
                Integer.toString(replicas),
                "--address",
                address,
                "--hub-jar",
                jar.toString()));
        if (!Files.isExecutable(Path.of("/usr/bin/setsid"))) command.removeFirst();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.log("weft").toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process supervisor = builder.start();
        say("Starting PostgreSQL and " + (replicas == 1 ? "the hub" : replicas + " hubs") + " …");
        return await(folder, supervisor);
    }

    private int await(DataFolder folder, Process supervisor) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Properties state = folder.state().orElseGet(Properties::new);
            switch (state.getProperty("state", "")) {
                case "up" -> {
                    greet(folder);
                    return 0;
                }
                case "failed" -> throw new LauncherException(state.getProperty("message", "It failed."));
                default -> {
                    if (!supervisor.isAlive()) {
                        throw new LauncherException("Weft stopped while starting: see " + folder.log("weft"));
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new LauncherException("Weft did not get ready within " + LIMIT.toMinutes() + " min: see ./weft logs");
    }

    private void greet(DataFolder folder) {
        say("");
        say("Weft is up.");
        say("  API      http://127.0.0.1:" + port + "/api/v1   (description: /api/v1/openapi.json)");
        say("  agents   " + address + ":" + grpcPort);
        say("  tenant   demo");
        say("  log in   export TOKEN=$(./weft token); curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:" + port
                + "/api/v1/me");
        say("  data     " + folder.root());
    }

    private void say(String line) {
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) return;
        PrintWriter out = known.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
