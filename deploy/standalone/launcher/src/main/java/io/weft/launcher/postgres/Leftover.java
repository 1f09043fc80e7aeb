package io.weft.launcher.postgres;

import io.weft.launcher.LaunchProblem;
import io.weft.launcher.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that an earlier process started and did not stop. Two on one data directory would destroy it. */
public final class Leftover {
    private Leftover() {}

    /** Stops it, if there is one; returns whether there was. */
    public static boolean stop(Path dataDirectory) throws IOException {
        Optional<ProcessHandle> found = find(dataDirectory);
        if (found.isEmpty()) return false;
        ProcessHandle server = found.get();
        Signal.INT.send(server.pid());
        if (!ended(server)) Signal.QUIT.send(server.pid());
        if (!ended(server)) {
            throw new LaunchProblem("PostgreSQL of an earlier run, process " + server.pid() + ", does not stop.");
        }
        return true;
    }

    /** The process named by {@code postmaster.pid}, unless that number belongs to something else by now. */
    private static Optional<ProcessHandle> find(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(file)) return Optional.empty();
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) return Optional.empty();
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
