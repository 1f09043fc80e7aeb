package io.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the hub does between a {@code PUT} and its bundles, by the JVM's own tracing of methods: how often each part runs for
 * one change, and how long. The hub is the shipped one; tracing costs it some microseconds for each part.
 */
final class WriteSpans {
    private static final String WHOLE = "org.apache.catalina.connector.CoyoteAdapter::service";

    /** What is traced, in the order in which it happens; deeper ones are within the one before. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put(WHOLE, "the whole request");
        PARTS.put("org.springframework.web.servlet.DispatcherServlet::doDispatch", "- without the filters before");
        PARTS.put("io.weft.hub.access.internal.Authenticator::authenticate", "- the credential");
        PARTS.put("io.weft.hub.platform.web.BodyReader::resolveArgument", "- reading the body");
        PARTS.put("io.weft.hub.resources.internal.DocumentReader::at", "- the resource in it");
        PARTS.put("io.weft.hub.world.TenantReplica::propose", "- deciding, storing, replaying");
        PARTS.put("io.weft.hub.resources.internal.Decider::decide", "- - deciding");
        PARTS.put("io.weft.hub.resources.internal.web.KindController::describePut", "- - the answer's document");
        PARTS.put("io.weft.hub.platform.log.PostgresLogStore::append", "- - the transaction");
        PARTS.put("com.zaxxer.hikari.HikariDataSource::getConnection", "- - - a connection of the pool");
        PARTS.put("io.weft.hub.platform.log.LogSql::lock", "- - - first round trip: the head's lock");
        PARTS.put("io.weft.hub.platform.log.GroupAppend::decide", "- - - what becomes of the group");
        PARTS.put(
                "io.weft.hub.platform.log.PostgresLogStore::commit",
                "- - - second round trip: all rows, and the commit");
        PARTS.put("io.weft.hub.world.TenantReplica::replay", "- - replaying it");
        PARTS.put("io.weft.hub.world.ReplicaCompiler::replayed", "- - - marking what it changed");
        PARTS.put("io.weft.hub.resources.internal.web.Rendering::answer", "- rendering the answer");
        PARTS.put("io.weft.hub.world.ReplicaCompiler::compile", "compiling a cluster's bundle, in its session");
        PARTS.put("org.postgresql.core.v3.QueryExecutorImpl::sendSync", "round trips to PostgreSQL, whoever made them");
    }

    private record Span(long begin, long end) {
        boolean within(Span other) {
            return other.begin <= begin && end <= other.end;
        }
    }

    private WriteSpans() {}

    /** Traces the changes and tells each part. */
    static void run(Figures figures, Fleet fleet, RouteChange change, int warm, int count) throws InterruptedException {
        change.measure(warm, 1);
        String hub = Long.toString(fleet.weft().hub(1).pid());
        Path file = temporary();
        try {
            Tools.jcmd(
                    hub,
                    "JFR.start",
                    "name=spans",
                    "settings=none",
                    "+jdk.MethodTrace#enabled=true",
                    "+jdk.MethodTrace#stackTrace=false",
                    "+jdk.MethodTrace#threshold=0ns",
                    "+jdk.MethodTrace#filter=" + String.join(";", PARTS.keySet()));
            change.measure(warm / 4, count);
            Tools.jcmd(hub, "JFR.stop", "name=spans", "filename=" + file);
            tell(figures, read(file));
        } finally {
            delete(file);
        }
    }

    private static void tell(Figures figures, Map<String, Latencies> parts) {
        Latencies whole = parts.get(WHOLE);
        if (whole == null) throw new IllegalStateException("nothing was traced");
        int requests = whole.size();
        PARTS.forEach((method, what) -> {
            Latencies found = parts.getOrDefault(method, new Latencies());
            double share = found.size() == 0 ? 0 : found.mean() * found.size() / (whole.mean() * requests);
            String figure = found.size() == 0
                    ? "never"
                    : "%s × %s; %.0f %%"
                            .formatted(Machine.decimal((double) found.size() / requests), found, share * 100);
            figures.row(what, figure, "", "write-spans");
        });
    }

    private static Map<String, Latencies> read(Path file) {
        Map<String, List<Span>> spans = new HashMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (!event.getEventType().getName().equals("jdk.MethodTrace")) continue;
                RecordedMethod method = event.getValue("method");
                long thread = event.getThread() == null ? 0 : event.getThread().getId();
                long begin = Duration.between(java.time.Instant.EPOCH, event.getStartTime())
                        .toNanos();
                spans.computeIfAbsent(
                                method.getType().getName() + "::" + method.getName() + " " + thread,
                                key -> new ArrayList<>())
                        .add(new Span(begin, begin + event.getDuration().toNanos()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Latencies> parts = new HashMap<>();
        spans.forEach((key, all) ->
                add(all, parts.computeIfAbsent(key.substring(0, key.indexOf(' ')), k -> new Latencies())));
        return parts;
    }

    /** A method that calls one of its own name counts once. */
    private static void add(List<Span> ofThread, Latencies to) {
        ofThread.sort(Comparator.comparingLong(Span::begin).thenComparing(Span::end, Comparator.reverseOrder()));
        Span outer = new Span(0, 0);
        for (Span span : ofThread) {
            if (span.within(outer)) continue;
            outer = span;
            to.add(span.end - span.begin);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("weft-spans", ".jfr");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
