package io.weft.it.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs short commands to their end. */
final class Shell {
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    record Result(int status, String output, String errors) {}

    private Shell() {}

    static Result run(List<String> command) {
        return run(command, "");
    }

    static Result run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).start();
            var output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), READERS);
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), READERS);
            try (OutputStream to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return new Result(process.waitFor(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /** @throws IllegalStateException with the command's own words when it does not end with status 0 */
    static String must(List<String> command, String input) {
        Result result = run(command, input);
        if (result.status() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": " + result.status() + " " + result.errors() + result.output());
        }
        return result.output();
    }

    static String must(String... command) {
        return must(List.of(command), "");
    }

    static String script(String lines) {
        return must(List.of("sh", "-e"), lines);
    }

    static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
