package io.weft.launcher;

import io.weft.launcher.process.Signal;
import io.weft.launcher.supervise.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the hub, then PostgreSQL, and returns when both are gone. Data stay. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything; data stay.")
final class DownCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Mixin
    private FolderOption data = new FolderOption();

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        Optional<RunState> state = RunState.read(folder);
        if (!RunLock.held(folder)) {
            System.out.println(stopLeftovers(folder) ? "Stopped what an earlier run had left." : "Weft is not up.");
            return 0;
        }
        long supervisor = state.orElseThrow(() -> new LaunchProblem("Weft is just starting: try again in a moment."))
                .supervisor();
        Signal.TERM.send(supervisor);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (RunLock.held(folder)) {
            if (System.nanoTime() > deadline) {
                throw new LaunchProblem(
                        "process " + supervisor + " has not stopped within " + LIMIT.toSeconds() + " s.");
            }
            Thread.sleep(50);
        }
        System.out.println("Weft is down.");
        return 0;
    }

    private static boolean stopLeftovers(DataFolder folder) throws IOException {
        if (RunState.read(folder).isEmpty()) return false;
        try (RunLock lock = RunLock.take(folder).orElseThrow(() -> new LaunchProblem("Weft is just starting."))) {
            return Leftovers.stop(folder, System.out::println);
        }
    }
}
