package io.weft.it.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The distinct abstract states that runs reached: a measure of how much is tried, which may not fall. */
final class ReachedStates {
    private final Set<String> states = new TreeSet<>();

    void reached(String state) {
        states.add(state);
    }

    int count() {
        return states.size();
    }

    /** Beside the reports of the tests. */
    void publish(long seeds) {
        String line = count() + " distinct states in " + seeds + " seeds";
        System.out.println("simulation: " + line);
        try {
            Path folder = Files.createDirectories(Path.of("target", "simulation"));
            Files.writeString(folder.resolve("states.txt"), line + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
