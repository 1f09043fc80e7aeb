package io.weft.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seed that fails elsewhere is worth something only if it fails here too. */
class ReplayTest {
    private static final List<String> SEEDS = List.of("1", "7", "23");

    @TempDir
    Path folder;

    /** Sets, maps and identity hashes have another order in each JVM; in the other, the seeds also run the other way round. */
    @Test
    void aSeedReplaysExactlyInAnotherJvm() throws IOException, InterruptedException {
        List<String> there = inAnotherJvm();

        List<String> here =
                SEEDS.stream().map(seed -> Replay.line(Long.parseLong(seed))).toList();

        assertThat(there).containsExactlyInAnyOrderElementsOf(here);
    }

    private List<String> inAnotherJvm() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Replay.class.getName(),
                output.toString()));
        command.addAll(SEEDS.reversed());
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
