package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Istio's own checks have nothing to say against any golden file, but that filters of Envoy are internal. */
@RealCluster
class GoldenFilesIT {
    private static final Path GOLDEN = Project.file("policy-engine/src/test/golden");
    /** That an EnvoyFilter may break in an upgrade; there is no other way to set what ours sets. */
    private static final String ENVOY_FILTER = "IST0133";

    private final String meshbin = RealClusterBinaries.require().meshbin();

    @Test
    void eachObjectIsValid() throws IOException {
        List<String> command = new ArrayList<>(List.of(meshbin, "istioctl", "validate"));
        for (Path cluster : clusters()) {
            for (Path object : objects(cluster)) command.addAll(List.of("-f", object.toString()));
        }
        assertThat(command).hasSizeGreaterThan(200);

        Shell.Result result = Shell.run(command);

        assertThat(result.status()).as(result.output() + result.errors()).isZero();
    }

    @Test
    void theObjectsOfEachClusterFitTogether() throws IOException {
        for (Path cluster : clusters()) {
            List<String> command = new ArrayList<>(List.of(meshbin, "istioctl", "analyze", "-A", "--use-kube=false"));
            objects(cluster).forEach(object -> command.add(object.toString()));

            Shell.Result result = Shell.run(command);

            assertThat(result.output().lines().filter(line -> line.contains("[IST")))
                    .as(cluster.toString())
                    .allMatch(line -> line.contains(ENVOY_FILTER));
            assertThat(result.status())
                    .as(cluster + result.output() + result.errors())
                    .isZero();
        }
    }

    private static List<Path> clusters() throws IOException {
        try (Stream<Path> all = Files.walk(GOLDEN, 2)) {
            List<Path> clusters = new ArrayList<>();
            for (Path dir : all.filter(Files::isDirectory).sorted().toList()) {
                if (Files.exists(dir.resolve("bundle.txt")) && !objects(dir).isEmpty()) clusters.add(dir);
            }
            return clusters;
        }
    }

    private static List<Path> objects(Path cluster) throws IOException {
        try (Stream<Path> files = Files.list(cluster)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
