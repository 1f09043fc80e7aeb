package io.weft.fleet.cluster;

import io.weft.fleet.cluster.StoredObject.Id;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster holds, and what changed last: in place of etcd. Each change has a number of its own. Thread-safe; what
 * reads and then writes does both {@link #alone}.
 */
final class ObjectStore {
    /** So many changes can be told to a watch that begins again. */
    private static final int HISTORY = 1_000;

    /** What became of an object. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** @param before as it was; null when it was not there */
    record Event(
            Change change, StoredObject object, @Nullable StoredObject before) {}

    /** @param version of the store when it was read */
    record Listing(long version, List<StoredObject> objects) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ResourceKind, TreeMap<String, StoredObject>> objects = new HashMap<>();
    private final ArrayDeque<Event> history = new ArrayDeque<>();
    private final Disk disk;
    private final int historySize;
    private long version;
    private long forgotten;

    ObjectStore(Disk disk) {
        this(disk, HISTORY);
    }

    ObjectStore(Disk disk, int historySize) {
        this.disk = disk;
        this.historySize = historySize;
        for (StoredObject object : disk.load()) {
            of(object.id().kind()).put(key(object.id().namespace(), object.id().name()), object);
            version = Math.max(version, object.version());
        }
        // What was deleted or not kept had higher numbers, and none may come again.
        if (version > 0) version += 100_000;
        forgotten = version;
    }

    private TreeMap<String, StoredObject> of(ResourceKind kind) {
        return objects.computeIfAbsent(kind, any -> new TreeMap<>());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Nobody else reads or writes meanwhile. */
    <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Optional<StoredObject> get(Id id) {
        return alone(() -> Optional.ofNullable(of(id.kind()).get(key(id.namespace(), id.name()))));
    }

    /** @param namespace empty for all */
    Listing list(ResourceKind kind, String namespace) {
        return alone(() -> {
            TreeMap<String, StoredObject> all = of(kind);
            var some = namespace.isEmpty() ? all : all.subMap(namespace + "/", namespace + "0");
            return new Listing(version, new ArrayList<>(some.values()));
        });
    }

    long version() {
        return alone(() -> version);
    }

    /** The oldest version from which a watch can begin. */
    long forgotten() {
        return alone(() -> forgotten);
    }

    /** Writes the object and gives it its number. */
    StoredObject put(Id id, ObjectNode object) {
        return alone(() -> {
            StoredObject stored = numbered(id, object);
            StoredObject before = of(id.kind()).get(key(id.namespace(), id.name()));
            disk.written(stored);
            of(id.kind()).put(key(id.namespace(), id.name()), stored);
            happened(new Event(before == null ? Change.ADDED : Change.MODIFIED, stored, before));
            return stored;
        });
    }

    void delete(StoredObject object) {
        alone(() -> {
            Id id = object.id();
            StoredObject last = numbered(id, object.object());
            disk.deleted(id);
            of(id.kind()).remove(key(id.namespace(), id.name()));
            happened(new Event(Change.DELETED, last, object));
            return last;
        });
    }

    private StoredObject numbered(Id id, ObjectNode object) {
        version++;
        ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(version));
        return StoredObject.of(id, version, object);
    }

    private void happened(Event event) {
        history.addLast(event);
        while (history.size() > historySize)
            forgotten = history.removeFirst().object().version();
        changed.signalAll();
    }

    /** Forgets what changed until now, as etcd does every few minutes: watches that break off have to list again. */
    void compact() {
        alone(() -> {
            history.clear();
            forgotten = version;
            return forgotten;
        });
    }

    /**
     * What changed after a version, in order; waits for it.
     *
     * @return empty when nothing did in this time
     * @throws ApiProblem when that is forgotten
     */
    List<Event> after(long from, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (version <= from && nanos > 0) nanos = changed.awaitNanos(nanos);
            if (from < forgotten) {
                throw ApiProblem.expired("too old resource version: " + from + " (" + forgotten + ")");
            }
            List<Event> events = new ArrayList<>();
            for (Iterator<Event> last = history.descendingIterator(); last.hasNext(); ) {
                Event event = last.next();
                if (event.object().version() <= from) break;
                events.add(event);
            }
            Collections.reverse(events);
            return events;
        } finally {
            lock.unlock();
        }
    }
}
