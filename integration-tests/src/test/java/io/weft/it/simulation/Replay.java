package io.weft.it.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs seeds and writes a line for each: what a run comes to, for comparing it with the same in another JVM. */
final class Replay {
    private Replay() {}

    /** @param arguments the file to write, then the seeds */
    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        Arrays.stream(arguments).skip(1).forEach(seed -> lines.add(line(Long.parseLong(seed))));
        Files.write(Path.of(arguments[0]), lines);
    }

    static String line(long seed) {
        Simulation simulation = new Simulation(seed, Plants.NONE, new ReachedStates());
        String how = "held";
        try {
            simulation.run(Duration.ofSeconds(20));
        } catch (BrokenInvariant broken) {
            how = String.valueOf(broken.getMessage());
        }
        return seed + " " + simulation.trace().end() + " " + how;
    }
}
