package io.weft.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a run. */
final class LaunchOptions {
    private static final int MOST_REPLICAS = 9;

    @Mixin
    FolderOption folder = new FolderOption();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description =
                    "Port of the REST interface (default: ${DEFAULT-VALUE}); further replicas take the next ones.")
    int port;

    @Option(
            names = "--grpc-port",
            defaultValue = "8443",
            description = "Port that agents dial (default: ${DEFAULT-VALUE}); further replicas take the next ones.")
    int grpcPort;

    @Option(names = "--replicas", defaultValue = "1", description = "How many hubs run (default: ${DEFAULT-VALUE}).")
    int replicas;

    @Option(
            names = "--address",
            description = "Name or address under which agents reach this machine (default: its own address).")
    @Nullable
    String address;

    @Option(names = "--hub-jar", hidden = true)
    @Nullable
    Path hubJar;

    RunOptions options() {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new LaunchProblem("--replicas: " + replicas + " (expected: 1 to " + MOST_REPLICAS + ")");
        }
        if (Math.abs(port - grpcPort) < replicas) {
            throw new LaunchProblem("--grpc-port: " + grpcPort + " (expected: at least " + replicas
                    + " away from --port " + port + ")");
        }
        String host = address == null ? Ports.ownAddress() : address;
        Path jar = hubJar == null ? builtHub() : hubJar;
        return new RunOptions(folder.folder(), port, grpcPort, replicas, host, jar.toAbsolutePath());
    }

    /** The arguments that give another process the same options. */
    static List<String> arguments(RunOptions options) {
        return List.of(
                "--data-dir=" + options.folder().root(),
                "--port=" + options.httpPort(),
                "--grpc-port=" + options.grpcPort(),
                "--replicas=" + options.replicas(),
                "--address=" + options.publicHost(),
                "--hub-jar=" + options.hubJar());
    }

    private static Path builtHub() {
        Path target = Path.of(System.getProperty("weft.home", "."), "global-controller", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("weft-global-controller-.*-exec\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new LaunchProblem("the hub's program is not in " + target + ": build it first"));
        } catch (IOException e) {
            throw new LaunchProblem("the hub's program is not in " + target + ": build it first", e);
        }
    }
}
