package io.weft.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            description = "Port of the console and of the REST interface (default: ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--url",
            description = "How browsers reach this machine, as in https://weft.example"
                    + " (default: http://127.0.0.1:PORT, and only this machine can).")
    @Nullable
    String url;

    @Option(
            names = "--issuer",
            description = "URL of an OpenID Connect issuer, such as a realm of Keycloak, that people log in at"
                    + " (default: $WEFT_OIDC_ISSUER, or one of our own with demo users).")
    @Nullable
    String issuer = System.getenv("WEFT_OIDC_ISSUER");

    @Option(
            names = "--client-id",
            defaultValue = "weft-console",
            description = "The console's name at that issuer (default: ${DEFAULT-VALUE}).")
    String clientId = "weft-console";

    @Option(
            names = "--client-secret-file",
            description = "File with the console's secret at that issuer (default: none; it proves itself by PKCE).")
    @Nullable
    Path clientSecretFile;

    @Option(names = "--console-jar", hidden = true)
    @Nullable
    Path consoleJar;

    @Option(names = "--no-demo", description = "Leave the simulated clusters out.")
    boolean noDemo;

    @Option(names = "--quiet-fleet", description = "Nothing happens in the simulated clusters by itself.")
    boolean quietFleet;

    @Option(names = "--fleet-jar", hidden = true)
    @Nullable
    Path fleetJar;

    @Option(names = "--hub-jar", hidden = true)
    @Nullable
    Path hubJar;

    RunOptions options() {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new LaunchProblem("--replicas: " + replicas + " (expected: 1 to " + MOST_REPLICAS + ")");
        }
        if (port >= grpcPort && port < grpcPort + replicas) {
            throw new LaunchProblem("--grpc-port: " + grpcPort + " (expected: " + replicas
                    + " ports from it on, without --port " + port + ")");
        }
        String host = address == null ? Ports.ownAddress() : address;
        Path jar = hubJar == null ? built("global-controller", "weft-global-controller", "the hub's program") : hubJar;
        return new RunOptions(
                folder.folder(), port, grpcPort, replicas, host, jar.toAbsolutePath(), console(), fleet());
    }

    private ConsoleOptions console() {
        if (clientSecretFile != null && (issuer == null || !Files.isReadable(clientSecretFile))) {
            throw new LaunchProblem("--client-secret-file: " + clientSecretFile
                    + (issuer == null ? " (expected: together with --issuer)" : " (expected: a readable file)"));
        }
        Path jar = consoleJar == null ? built("web-ui", "weft-web-ui", "the console's program") : consoleJar;
        return new ConsoleOptions(
                jar.toAbsolutePath(),
                url == null ? "http://127.0.0.1:" + port : origin("--url", url),
                url != null,
                issuer == null || issuer.isBlank() ? null : issuer.strip(),
                clientId,
                clientSecretFile == null ? null : clientSecretFile.toAbsolutePath());
    }

    private @Nullable FleetOptions fleet() {
        if (noDemo) return null;
        Path jar = fleetJar == null ? built("deploy/standalone/fleet", "weft-fleet", "the fleet's program") : fleetJar;
        return new FleetOptions(jar.toAbsolutePath(), quietFleet);
    }

    private static String origin(String option, String value) {
        if (!value.matches("https?://[^\\s/?#@]+/?")) {
            throw new LaunchProblem(
                    option + ": " + value + " (expected: http://host:port or https://host, without a path)");
        }
        return value.replaceFirst("/$", "");
    }

    /** The arguments that give another process the same options. */
    static List<String> arguments(RunOptions options) {
        ConsoleOptions console = options.console();
        List<String> all = new ArrayList<>(List.of(
                "--data-dir=" + options.folder().root(),
                "--port=" + options.httpPort(),
                "--grpc-port=" + options.grpcPort(),
                "--replicas=" + options.replicas(),
                "--address=" + options.publicHost(),
                "--hub-jar=" + options.hubJar(),
                "--console-jar=" + console.jar(),
                "--client-id=" + console.clientId()));
        if (console.elsewhere()) all.add("--url=" + console.publicUrl());
        if (console.issuer() != null) all.add("--issuer=" + console.issuer());
        if (console.clientSecretFile() != null) all.add("--client-secret-file=" + console.clientSecretFile());
        FleetOptions fleet = options.fleet();
        all.add(fleet == null ? "--no-demo" : "--fleet-jar=" + fleet.jar());
        if (fleet != null && fleet.quiet()) all.add("--quiet-fleet");
        return all;
    }

    private static Path built(String module, String name, String what) {
        Path target =
                Path.of(System.getProperty("weft.home", ".")).resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-.*-exec\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new LaunchProblem(what + " is not in " + target + ": build it first"));
        } catch (IOException e) {
            throw new LaunchProblem(what + " is not in " + target + ": build it first", e);
        }
    }
}
