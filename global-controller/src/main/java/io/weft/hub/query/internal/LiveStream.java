package io.weft.hub.query.internal;

import io.weft.hub.access.Revalidation;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.inventory.InventoryMoves;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.world.ReplicaListener;
import io.weft.hub.world.Replicas;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-sent events of a tenant's log: ids are positions. Who resumes where the log no longer reaches, or reads too
 * slowly, gets {@code reset}: read anew what you show. {@code progress} tells that a cluster moved on, {@code inventory}
 * what kinds of a cluster were reported anew; they have no id.
 */
public final class LiveStream implements SmartLifecycle {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_REPLAYED = 1_000;
    private static final int MOST_STREAMS = 2_000;
    private static final long LOOK_MILLIS = 2_000;
    private static final int LOOKS_PER_HEARTBEAT = 5;

    /** Where events go. */
    @FunctionalInterface
    public interface Sink {
        void send(String text) throws IOException;
    }

    private sealed interface Event {
        record Moved(LogRecord record) implements Event {}

        record Progress(ClusterName cluster) implements Event {}

        record Inventory(InventoryMoves.Moved moved) implements Event {}

        record Reset(long position) implements Event {}
    }

    private final LogStore logs;
    private final Replicas replicas;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final InventoryLook inventory;
    private volatile boolean running;

    public LiveStream(LogStore logs, Replicas replicas, ProgressBook progress, InventoryMoves moves) {
        this.logs = logs;
        this.replicas = replicas;
        this.inventory = new InventoryLook(moves, this::tenants, (tenant, moved) -> {
            for (Watcher watcher : watchers) {
                if (watcher.tenant.equals(tenant)) watcher.offer(new Event.Inventory(moved));
            }
        });
        progress.listen((tenant, cluster) -> {
            for (Watcher watcher : watchers) {
                if (watcher.tenant.equals(tenant)) watcher.offer(new Event.Progress(cluster));
            }
        });
    }

    private Set<TenantId> tenants() {
        return watchers.stream().map(watcher -> watcher.tenant).collect(Collectors.toSet());
    }

    /** Whether there is room for one more. */
    public boolean hasRoom() {
        return watchers.size() < MOST_STREAMS;
    }

    /**
     * Sends until the reader is gone, the credential is no longer good, or the hub stops.
     *
     * @param after position of the last event that the reader has; negative: from now on
     */
    public void run(TenantId tenant, long after, Revalidation credential, Sink sink) throws IOException {
        Watcher watcher = new Watcher(tenant);
        watchers.add(watcher);
        TenantReplica replica = replicas.of(tenant);
        try {
            TenantImage start = replica.listen(watcher);
            sink.send(": weft\nretry: 2000\n\n");
            watcher.sent = after < 0 ? start.position() : replay(tenant, after, start.position(), sink);
            if (after < 0) sink.send("id: " + start.position() + "\nevent: start\ndata: {}\n\n");
            int quiet = 0;
            while (running && credential.holds()) {
                if (watcher.sendNext(sink)) {
                    quiet = 0;
                } else if (++quiet % LOOKS_PER_HEARTBEAT == 0) {
                    sink.send(": still here\n\n");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            replica.forget(watcher);
            watchers.remove(watcher);
        }
    }

    /** What the reader missed; answers the position that it has then. */
    private long replay(TenantId tenant, long after, long head, Sink sink) throws IOException {
        if (after >= head) {
            if (after > head) sink.send(reset(head));
            return head;
        }
        long position = after;
        if (head - after <= MOST_REPLAYED) {
            List<LogRecord> records = logs.read(tenant, after, MOST_REPLAYED);
            for (LogRecord record : records) {
                if (record.position() != position + 1) break;
                sink.send(event(record));
                position = record.position();
            }
        }
        if (position >= head) return position;
        sink.send(reset(head));
        return head;
    }

    private static String event(LogRecord record) {
        return "id: " + record.position() + "\nevent: change\ndata: " + ChangeNames.of(record) + "\n\n";
    }

    private static String inventory(InventoryMoves.Moved moved) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("cluster", moved.cluster().value());
        ArrayNode kinds = data.putArray("kinds");
        moved.kinds().forEach(kind -> kinds.add(InventoryKinds.path(kind)));
        return "event: inventory\ndata: " + data + "\n\n";
    }

    private static String reset(long position) {
        return "id: " + position + "\nevent: reset\ndata: {\"position\":" + position + "}\n\n";
    }

    /** One reader; what it does not take in time makes room for one reset. */
    private static final class Watcher implements ReplicaListener {
        final TenantId tenant;
        private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private final AtomicBoolean overrun = new AtomicBoolean();
        long sent;

        Watcher(TenantId tenant) {
            this.tenant = tenant;
        }

        void offer(Event event) {
            if (!waiting.offer(event)) overrun.set(true);
        }

        @Override
        public void replayed(List<LogRecord> records, TenantImage after) {
            records.forEach(record -> offer(new Event.Moved(record)));
        }

        @Override
        public void restarted(TenantImage image) {
            offer(new Event.Reset(image.position()));
        }

        /** False when there was nothing for a while. */
        boolean sendNext(Sink sink) throws IOException, InterruptedException {
            Event event = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (overrun.compareAndSet(true, false)) {
                long newest = sent;
                for (Event old = event; old != null; old = waiting.poll()) {
                    if (old instanceof Event.Moved moved)
                        newest = Math.max(newest, moved.record().position());
                }
                sent = newest;
                sink.send(reset(newest));
                return true;
            }
            if (event == null) return false;
            switch (event) {
                case Event.Moved moved -> {
                    if (moved.record().position() > sent) {
                        sink.send(event(moved.record()));
                        sent = moved.record().position();
                    }
                }
                case Event.Progress progress ->
                    sink.send("event: progress\ndata: {\"cluster\":\"" + progress.cluster() + "\"}\n\n");
                case Event.Inventory inventory -> sink.send(inventory(inventory.moved()));
                case Event.Reset reset -> {
                    sent = reset.position();
                    sink.send(reset(reset.position()));
                }
            }
            return true;
        }
    }

    @Override
    public void start() {
        running = true;
        inventory.start();
    }

    @Override
    public void stop() {
        running = false;
        inventory.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped before the web server waits for its requests to end: these would not. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
