package io.weft.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One replica of the hub as a child. It holds its standard input open: when the supervisor dies, even by SIGKILL, the
 * pipe ends and the hub stops.
 */
final class HubProcess {
    private final String name;
    private final List<String> command;
    private final Map<String, String> settings;
    private final Path log;
    private final int httpPort;
    private @Nullable Process process;

    HubProcess(String name, List<String> command, Map<String, String> settings, Path log, int httpPort) {
        this.name = name;
        this.command = command;
        this.settings = settings;
        this.log = log;
        this.httpPort = httpPort;
    }

    String name() {
        return name;
    }

    void start() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("WEFT_"));
        builder.environment().putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new LauncherException("The hub could not be started (" + e.getMessage() + ")", e);
        }
    }

    boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Waits until the replica serves. Throws when it ends before, or not within the limit. */
    void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!isRunning()) throw new LauncherException("The hub stopped while starting: see " + log);
            if (System.nanoTime() > end) {
                throw new LauncherException("The hub did not get ready within " + limit.toSeconds() + " s: see " + log);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LauncherException("interrupted", e);
            }
        }
    }

    boolean isReady() {
        return isReady(httpPort);
    }

    static boolean isReady(int httpPort) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + httpPort + "/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void stop() {
        Process running = process;
        if (running == null) return;
        running.destroy();
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS))
                running.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }
}
