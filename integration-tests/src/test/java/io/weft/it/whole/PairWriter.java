package io.weft.it.whole;

import io.weft.it.whole.Rest.Reply;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes two clusters in one request, again and again, with a number that grows, and remembers each answer: whatever
 * happens to the hub, both have the same history, with every number that was acknowledged.
 */
final class PairWriter implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final String BOTH = """
            apiVersion: weft.io/v1
            kind: Cluster
            metadata: {name: %1$s-a}
            spec: {region: n%2$d}
            ---
            apiVersion: weft.io/v1
            kind: Cluster
            metadata: {name: %1$s-b}
            spec: {region: n%2$d}
            """;

    /** @param status 0: no answer came */
    record Attempt(String number, int status, boolean saysWhenToRetry) {
        boolean acknowledged() {
            return status / 100 == 2;
        }
    }

    private final Rest rest;
    private final String tenant;
    private final String name;
    private final List<Attempt> attempts = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> writing;

    /** @param name of the pair: clusters {@code <name>-a} and {@code <name>-b} */
    PairWriter(Rest rest, String tenant, String name) {
        this.rest = rest;
        this.tenant = tenant;
        this.name = name;
        this.writing = thread.scheduleWithFixedDelay(this::write, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write() {
        int number = attempts().size();
        Attempt attempt;
        try {
            Reply reply = rest.post(tenant + "/apply", BOTH.formatted(name, number));
            boolean retry = reply.headers().firstValue("Retry-After").isPresent();
            attempt = new Attempt("n" + number, reply.status(), retry);
        } catch (UncheckedIOException noAnswer) {
            attempt = new Attempt("n" + number, 0, false);
        }
        synchronized (attempts) {
            attempts.add(attempt);
        }
    }

    String name() {
        return name;
    }

    List<Attempt> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }

    List<String> acknowledged() {
        return attempts().stream()
                .filter(Attempt::acknowledged)
                .map(Attempt::number)
                .toList();
    }

    long refused() {
        return attempts().stream().filter(each -> !each.acknowledged()).count();
    }

    /** Ends after the answer to the last request. */
    @Override
    public void close() {
        writing.cancel(false);
        thread.close();
    }
}
