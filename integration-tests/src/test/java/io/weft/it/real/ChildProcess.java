package io.weft.it.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A long-running process in a process group of its own, with its output in a file. Its standard input stays open as
 * long as this JVM lives: the tools of {@code real-cluster/} end with it, so that even {@code kill -9} of the JVM leaves
 * nothing behind.
 */
final class ChildProcess implements AutoCloseable {
    private static final int TAIL = 4000;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(
            String name, List<String> command, Path folder, Map<String, String> environment, Path log) {
        List<String> inOwnGroup = new ArrayList<>(List.of("setsid"));
        inOwnGroup.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(inOwnGroup)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitStatus() {
        return process.exitValue();
    }

    /** Closes the standard input of one that has ended, so that what watches it in the same group ends too. */
    void releaseInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            process.destroy();
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL to the whole group; returns when the process is gone. */
    void kill() {
        signal("KILL");
        await(Duration.ofSeconds(10));
    }

    /** SIGTERM, and SIGKILL to what is still there after the grace. */
    void stop(Duration grace) {
        signal("TERM");
        if (!await(grace)) {
            kill();
        }
    }

    /** Stops the whole group from running, as a machine that hangs. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (process.isAlive()) {
            Shell.run(List.of("kill", "-" + signal, "--", "-" + process.pid()));
        }
    }

    private boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The end of its output, for the message of a failure. */
    String lastWords() {
        try {
            String text = Files.readString(log);
            return name + ": " + text.substring(Math.max(0, text.length() - TAIL));
        } catch (IOException e) {
            return name + ": " + e;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
