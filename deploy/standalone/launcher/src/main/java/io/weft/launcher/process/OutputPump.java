package io.weft.launcher.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Reads a child's output line by line to a sink, and remembers the last lines for whoever must explain its end. */
public final class OutputPump {
    private static final int REMEMBERED = 40;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread thread;

    private OutputPump(Process process, Consumer<String> sink) {
        thread = Thread.ofVirtual().unstarted(() -> pump(process, sink));
    }

    public static OutputPump of(Process process, Consumer<String> sink) {
        OutputPump pump = new OutputPump(process, sink);
        pump.thread.start();
        return pump;
    }

    private void pump(Process process, Consumer<String> sink) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                remember(line);
                sink.accept(line);
            }
        } catch (IOException e) {
            sink.accept("output ended: " + e.getMessage());
        }
    }

    private synchronized void remember(String line) {
        last.addLast(line);
        if (last.size() > REMEMBERED) last.removeFirst();
    }

    /** The newest lines, oldest first; waits a moment for what a process that ended has still in the pipe. */
    public List<String> lastLines() {
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return List.copyOf(last);
        }
    }
}
