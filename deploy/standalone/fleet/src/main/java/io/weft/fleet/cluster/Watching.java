package io.weft.fleet.cluster;

import io.weft.fleet.cluster.ObjectStore.Change;
import io.weft.fleet.cluster.ObjectStore.Event;
import io.weft.fleet.cluster.ObjectStore.Listing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One watch: tells what changes, until its time is over or nobody listens any more. */
final class Watching {
    private static final Duration LONGEST = Duration.ofMinutes(45);
    private static final Duration BOOKMARK = Duration.ofSeconds(30);

    private final ObjectStore store;
    private final Call call;
    private final Selector selector;

    Watching(ObjectStore store, Call call) {
        this.store = store;
        this.call = call;
        this.selector = Selector.of(call.query("labelSelector"), call.query("fieldSelector"));
    }

    void run(Exchange exchange) throws IOException, InterruptedException {
        long until = System.nanoTime() + patience().toNanos();
        try {
            String from = call.query("resourceVersion");
            long seen = from.isEmpty() || from.equals("0") ? tellAll(exchange) : Long.parseLong(from);
            while (true) {
                Duration left = Duration.ofNanos(until - System.nanoTime());
                if (!left.isPositive()) return;
                boolean last = left.compareTo(BOOKMARK) < 0;
                List<Event> events = store.after(seen, last ? left : BOOKMARK);
                if (events.isEmpty() && !last) bookmark(exchange, seen);
                for (Event event : events) {
                    tell(exchange, event);
                    seen = event.object().version();
                }
            }
        } catch (ApiProblem problem) {
            write(exchange, "ERROR", JsonMapper.shared().writeValueAsBytes(problem.status()));
        }
    }

    private Duration patience() {
        String said = call.query("timeoutSeconds");
        if (!said.matches("[1-9]\\d{0,6}")) return LONGEST;
        return Duration.ofSeconds(Long.parseLong(said));
    }

    /** Without a place to begin at, a watch begins with what is there. */
    private long tellAll(Exchange out) throws IOException, InterruptedException {
        Listing all = store.list(call.kind(), call.namespace());
        for (StoredObject object : all.objects()) {
            if (selector.matches(object)) write(out, Change.ADDED.name(), object.whole());
        }
        return all.version();
    }

    private void tell(Exchange out, Event event) throws IOException, InterruptedException {
        StoredObject object = event.object();
        if (!object.id().kind().equals(call.kind())) return;
        if (!call.namespace().isEmpty() && !call.namespace().equals(object.id().namespace())) return;
        boolean now = event.change() != Change.DELETED && selector.matches(object);
        boolean before =
                Optional.ofNullable(event.before()).filter(selector::matches).isPresent();
        if (now) write(out, before ? Change.MODIFIED.name() : Change.ADDED.name(), object.whole());
        else if (before) write(out, Change.DELETED.name(), object.whole());
    }

    private void bookmark(Exchange out, long seen) throws IOException, InterruptedException {
        if (!call.query("allowWatchBookmarks").equals("true")) return;
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("kind", call.kind().kind()).put("apiVersion", call.kind().apiVersion());
        object.putObject("metadata").put("resourceVersion", Long.toString(seen)).putNull("creationTimestamp");
        write(out, "BOOKMARK", JsonMapper.shared().writeValueAsBytes(object));
    }

    private static void write(Exchange out, String type, byte[] object) throws IOException, InterruptedException {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
        event.writeBytes(object);
        event.writeBytes("}\n".getBytes(StandardCharsets.UTF_8));
        out.stream(event.toByteArray());
    }
}
