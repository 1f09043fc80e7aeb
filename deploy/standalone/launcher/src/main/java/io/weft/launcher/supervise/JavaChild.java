package io.weft.launcher.supervise;

import io.weft.launcher.process.Children;
import io.weft.launcher.process.OutputPump;
import io.weft.launcher.process.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program of Weft's as a child. It ends by itself when this process is gone: its standard input ends then. */
abstract class JavaChild implements Service {
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    private final String name;
    private final Path folder;
    private final RotatingLog log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;
    private @Nullable OutputPump output;

    JavaChild(String name, Path folder, RotatingLog log) {
        this.name = name;
        this.folder = folder;
        this.log = log;
    }

    abstract List<String> command();

    /** Its own variables; nothing of the person's begins with {@code WEFT_} unless it is named by {@link #passedOn}. */
    abstract Map<String, String> variables();

    abstract List<String> passedOn();

    /** Answers 200 when it is ready. */
    abstract URI readiness();

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() throws IOException {
        Process started = Children.start(command(), environment(), folder, Signal.TERM);
        process = started;
        output = OutputPump.of(started, log::line);
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        for (String variable : System.getenv().keySet()) {
            if (variable.startsWith("WEFT_") && !passedOn().contains(variable)) all.put(variable, "");
        }
        all.putAll(variables());
        all.put("WEFT_EXIT_ON_STDIN_EOF", "1");
        return all;
    }

    static void login(Map<String, String> all, String role, String user, String password) {
        all.put("WEFT_DB_" + role + "_USER", user);
        all.put("WEFT_DB_" + role + "_PASSWORD", password);
    }

    @Override
    public boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(readiness())
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return running() && http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) return;
        current.destroy();
        try {
            if (!current.waitFor(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) current.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            current.destroyForcibly();
        }
    }

    @Override
    public synchronized @Nullable Process process() {
        return process;
    }

    @Override
    public synchronized String reason() {
        return output == null ? "it was never started" : EndReason.of(output.lastLines());
    }
}
