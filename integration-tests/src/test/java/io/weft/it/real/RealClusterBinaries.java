package io.weft.it.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that {@code real-cluster/build.sh} fills: looked for in the environment variable {@code
 * WEFT_REAL_CLUSTER}, then in the script's cache.
 */
public record RealClusterBinaries(Path folder) {
    private static final List<String> TOOLS = List.of("ip", "nft", "nsenter", "setsid", "setpriv", "unshare", "kill");

    /** Where the binaries are, or why the tests that need them cannot run. */
    public sealed interface Lookup {
        /** All is there. */
        record Found(RealClusterBinaries binaries) implements Lookup {}

        /** Something is not; the reason is one line that says what to do. */
        record Absent(String reason) implements Lookup {}
    }

    public static Lookup find() {
        Optional<String> unfit = unfit();
        if (unfit.isPresent()) {
            return new Lookup.Absent(unfit.get());
        }
        String named = System.getenv("WEFT_REAL_CLUSTER");
        return named == null ? inCache() : in(Path.of(named));
    }

    /** @throws IllegalStateException with the line that says what to do */
    public static RealClusterBinaries require() {
        return switch (find()) {
            case Lookup.Found found -> found.binaries();
            case Lookup.Absent absent -> throw new IllegalStateException(absent.reason());
        };
    }

    private static Lookup in(Path folder) {
        return Files.isExecutable(folder.resolve("bin/kubeplane"))
                ? new Lookup.Found(new RealClusterBinaries(folder))
                : new Lookup.Absent("WEFT_REAL_CLUSTER: " + folder + " (expected: the folder that build.sh printed)");
    }

    private static Lookup inCache() {
        Path script = Project.file("integration-tests/real-cluster/build.sh");
        Shell.Result where = Shell.run(List.of("bash", script.toString(), "--where"));
        return where.status() == 0
                ? in(Path.of(where.output().strip()))
                : new Lookup.Absent(where.errors().strip());
    }

    private static Optional<String> unfit() {
        if (!Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"))) {
            return Optional.of("real-cluster: network namespaces need root on Linux");
        }
        List<Path> path =
                Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
        return TOOLS.stream()
                .filter(tool -> path.stream().noneMatch(place -> Files.isExecutable(place.resolve(tool))))
                .findFirst()
                .map(tool ->
                        "real-cluster: missing " + tool + " (Debian: apt-get install iproute2 nftables util-linux)");
    }

    public String kubeplane() {
        return binary("kubeplane");
    }

    public String meshbin() {
        return binary("meshbin");
    }

    public String traffic() {
        return binary("traffic");
    }

    public String envoy() {
        return binary("envoy");
    }

    public String helm() {
        return binary("helm");
    }

    public Path envoyBootstrap() {
        return folder.resolve("share/envoy_bootstrap.json");
    }

    public Path istioDefinitions() {
        return folder.resolve("share/istio-crds.yaml");
    }

    public Path gatewayDefinitions() {
        return folder.resolve("share/gateway-api-crds.yaml");
    }

    private String binary(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
