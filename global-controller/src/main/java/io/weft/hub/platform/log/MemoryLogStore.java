package io.weft.hub.platform.log;

import io.weft.hub.platform.StorageException;
import io.weft.policy.image.DerivedRows;
import io.weft.policy.image.Hash;
import io.weft.policy.image.ImageRows;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.RowChange;
import io.weft.policy.image.RowChange.Row;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The logs in memory, with the same rules as in PostgreSQL. For tests and for the simulator, which decides by
 * {@link StoreFaults} what goes wrong and delivers the hints itself.
 */
public final class MemoryLogStore implements LogStore {
    /** Everything of one tenant; guarded by itself. */
    private static final class Tenant {
        Head head;
        Instant clock = Instant.EPOCH;
        final List<LogRecord> records = new ArrayList<>();
        final TreeMap<NetRows.Name, String> rows = new TreeMap<>();
        final Map<String, Long> guards = new HashMap<>();
        final Map<ClusterName, Long> epochs = new HashMap<>();
        final Map<String, Attachment.IdempotencyKey> keys = new HashMap<>();
        final List<Attachment.AuditEvent> audit = new ArrayList<>();

        Tenant(TenantId id) {
            head = new Head(id, 1, 0, Hash.ZERO, 0, false);
        }
    }

    private final String hubId;
    private final InstantSource clock;
    private final StoreFaults faults;
    private final Map<TenantId, Tenant> tenants = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<LogHints> listeners = new CopyOnWriteArrayList<>();

    public MemoryLogStore(String hubId, InstantSource clock, StoreFaults faults) {
        this.hubId = hubId;
        this.clock = clock;
        this.faults = faults;
    }

    @Override
    public String hubId() {
        return hubId;
    }

    @Override
    public void create(TenantId tenant) {
        tenants.computeIfAbsent(tenant, Tenant::new);
    }

    @Override
    public Head head(TenantId tenant) {
        return locked(tenant, held -> held.head);
    }

    @Override
    public List<Outcome> append(TenantId tenant, List<Proposal> group) {
        GroupAppend append = locked(tenant, held -> commit(tenant, held, group));
        if (!append.records().isEmpty()) listeners.forEach(listener -> listener.moved(tenant));
        return append.outcomes();
    }

    private GroupAppend commit(TenantId tenant, Tenant held, List<Proposal> group) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (now.isAfter(held.clock)) held.clock = now;
        GroupAppend append = GroupAppend.decide(
                held.head, held.clock, group, new GroupAppend.Known(held.epochs, held.guards, held.keys));
        if (!append.commitsAnything()) return append;
        StoreFaults.Fault fault = faults.onCommit(tenant);
        if (fault != StoreFaults.Fault.BEFORE_COMMIT) store(held, group, append);
        if (fault != StoreFaults.Fault.NONE) throw new StorageException("the outcome of a commit is unknown");
        return append;
    }

    private static void store(Tenant held, List<Proposal> group, GroupAppend append) {
        held.head = append.head();
        held.records.addAll(append.records());
        held.guards.putAll(append.moved());
        held.keys.putAll(append.remembered());
        for (LogRecord record : append.records()) DerivedRows.of(record).forEach(change -> change(held.rows, change));
        for (int i = 0; i < group.size(); i++) {
            if (append.outcomes().get(i) instanceof Outcome.Committed) {
                for (Attachment attachment : group.get(i).attachments()) {
                    if (attachment instanceof Attachment.AuditEvent event) held.audit.add(event);
                }
            }
        }
    }

    private static void change(TreeMap<NetRows.Name, String> rows, RowChange change) {
        switch (change) {
            case RowChange.Put put -> rows.put(new NetRows.Name(put.section(), put.key()), put.json());
            case RowChange.Remove remove -> rows.remove(new NetRows.Name(remove.section(), remove.key()));
            case RowChange.RemovePrefix removal ->
                rows.keySet()
                        .removeIf(name -> name.section().equals(removal.section())
                                && name.key().startsWith(removal.prefix()));
        }
    }

    @Override
    public List<LogRecord> read(TenantId tenant, long afterPosition, int limit) {
        return locked(tenant, held -> {
            int size = held.records.size();
            int from = (int) Math.min(afterPosition, size);
            return List.copyOf(held.records.subList(from, Math.min(size, from + limit)));
        });
    }

    @Override
    public TenantImage load(TenantId tenant) {
        return locked(tenant, held -> {
            List<Row> rows = new ArrayList<>();
            held.rows.forEach((name, json) -> rows.add(new Row(name.section(), name.key(), json)));
            Head head = held.head;
            TenantImage empty = TenantImage.empty(tenant, hubId, head.incarnation());
            return ImageRows.assemble(empty, head.position(), head.hash(), head.revision(), rows);
        });
    }

    @Override
    public long openEpoch(TenantId tenant, ClusterName cluster) {
        return locked(tenant, held -> held.epochs.merge(cluster, 1L, Long::sum));
    }

    @Override
    public Optional<Attachment.IdempotencyKey> remembered(TenantId tenant, String key) {
        return locked(tenant, held -> Optional.ofNullable(held.keys.get(key)));
    }

    /** The audit events that were committed, oldest first. */
    public List<Attachment.AuditEvent> audit(TenantId tenant) {
        return locked(tenant, held -> List.copyOf(held.audit));
    }

    @Override
    public Head freeze(TenantId tenant, String reason) {
        return locked(tenant, held -> {
            Head h = held.head;
            held.head = new Head(tenant, h.incarnation(), h.position(), h.hash(), h.revision(), true);
            return held.head;
        });
    }

    @Override
    public Optional<Head> unfreeze(TenantId tenant, Attachment.AuditEvent event) {
        return locked(tenant, held -> {
            Head h = held.head;
            if (!h.frozen()) return Optional.empty();
            held.head = new Head(tenant, h.incarnation() + 1, h.position(), h.hash(), h.revision(), false);
            held.audit.add(event);
            return Optional.of(held.head);
        });
    }

    @Override
    public AutoCloseable listen(LogHints listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private <T> T locked(TenantId tenant, Function<Tenant, T> work) {
        Tenant held = tenants.get(tenant);
        if (held == null) throw new UnknownTenantException(tenant);
        synchronized (held) {
            return work.apply(held);
        }
    }
}
