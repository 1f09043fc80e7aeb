package io.weft.hub.delivery;

import io.weft.hub.delivery.ClusterProgress.Mark;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import io.weft.protocol.v1.Drift;
import io.weft.protocol.v1.DriftItem;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.ObjectRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * How far the clusters have come whose sessions this replica holds. Kept in memory and written behind, many rows at a
 * time: a thousand agents that apply a change must not make a thousand commits.
 */
public final class ProgressBook {
    private record Key(TenantId tenant, ClusterName cluster) {}

    private final ProgressStore store;
    private final Map<Key, ProgressStore.End> ended = new ConcurrentHashMap<>();
    private final Map<Key, ClusterProgress> held = new ConcurrentHashMap<>();
    private final Set<Key> unsaved = ConcurrentHashMap.newKeySet();
    private final List<BiConsumer<TenantId, ClusterName>> listeners = new CopyOnWriteArrayList<>();

    public ProgressBook(ProgressStore store) {
        this.store = store;
    }

    /** Of every cluster that was ever connected to any replica: what is here, else what was saved. */
    public SortedMap<ClusterName, ClusterProgress> of(TenantId tenant) {
        SortedMap<ClusterName, ClusterProgress> all = new TreeMap<>(store.load(tenant));
        held.forEach((key, progress) -> {
            if (key.tenant().equals(tenant) && progress.connected()) all.put(key.cluster(), progress);
        });
        return all;
    }

    /** Called after each step of a cluster that is connected here; must be quick. */
    public void listen(BiConsumer<TenantId, ClusterName> listener) {
        listeners.add(listener);
    }

    void connected(TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent) {
        ClusterProgress saved =
                store.connected(tenant, cluster, epoch, at, agent).orElse(ClusterProgress.NONE);
        held.put(new Key(tenant, cluster), saved);
        change(tenant, cluster, p -> p.connection(true, at));
    }

    /** Only remembers it: the row is written with the next {@link #flush}. */
    void disconnected(TenantId tenant, ClusterName cluster, long epoch, Instant at, String reason) {
        change(tenant, cluster, p -> p.connection(false, at));
        ended.put(new Key(tenant, cluster), new ProgressStore.End(cluster, epoch, reason));
    }

    void sent(TenantId tenant, ClusterName cluster, BundleTarget target) {
        change(tenant, cluster, p -> p.sent(mark(target)));
    }

    void applied(TenantId tenant, ClusterName cluster, BundleTarget target, List<ObjectRefusal> refusals) {
        SortedMap<String, String> reasons = new TreeMap<>();
        refusals.forEach(r -> reasons.put(r.getKey(), r.getReason()));
        change(tenant, cluster, p -> p.outcome(mark(target), reasons));
    }

    void live(TenantId tenant, ClusterName cluster, Live live) {
        Mark mark = new Mark(new Place(live.getIncarnation(), live.getPosition()), new Digest(live.getVersion()));
        switch (live.getState()) {
            case LIVE_STATE_LIVE -> change(tenant, cluster, p -> p.live(mark, ""));
            case LIVE_STATE_WAITING, LIVE_STATE_REJECTED, LIVE_STATE_UNREADABLE ->
                change(tenant, cluster, p -> p.live(p.live(), notLive(live)));
            case LIVE_STATE_UNSPECIFIED, UNRECOGNIZED -> {} // said by a newer agent
        }
    }

    /** The cluster's names wait for a word of its agent that does not come. */
    void unspoken(TenantId tenant, ClusterName cluster) {
        ClusterProgress now = held.get(new Key(tenant, cluster));
        if (now == null || now.isUnspoken()) return;
        change(tenant, cluster, p -> p.live(p.live(), ClusterProgress.UNSPOKEN));
    }

    private static String notLive(Live live) {
        StringJoiner text = new StringJoiner("; ");
        if (live.getWaiting() > 0) text.add(live.getWaiting() + " of " + live.getProxies() + " proxies do not have it");
        live.getStragglersList().forEach(each -> text.add(each.getProxy() + " " + each.getDetail()));
        if (!live.getReason().isEmpty()) text.add(live.getReason());
        return text.toString();
    }

    void drift(TenantId tenant, ClusterName cluster, Drift drift) {
        change(tenant, cluster, p -> {
            SortedMap<String, String> found = new TreeMap<>(p.drift());
            for (DriftItem item : drift.getItemsList()) {
                switch (item.getState()) {
                    case DRIFT_STATE_CONFLICT -> found.put(item.getKey(), item.getDetail());
                    case DRIFT_STATE_RESOLVED, DRIFT_STATE_CORRECTED -> found.remove(item.getKey());
                    case DRIFT_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
                }
            }
            return p.drift(found);
        });
    }

    private static Mark mark(BundleTarget target) {
        return new Mark(target.place(), target.version());
    }

    private void change(TenantId tenant, ClusterName cluster, UnaryOperator<ClusterProgress> step) {
        Key key = new Key(tenant, cluster);
        held.compute(key, (k, before) -> step.apply(before == null ? ClusterProgress.NONE : before));
        unsaved.add(key);
        listeners.forEach(listener -> listener.accept(tenant, cluster));
    }

    /** Writes what changed since the last time; what cannot be written stays for the next. */
    public void flush() {
        Map<TenantId, Map<ClusterName, ClusterProgress>> changed = new TreeMap<>();
        for (Key key : List.copyOf(unsaved)) {
            unsaved.remove(key);
            ClusterProgress progress = held.get(key);
            if (progress == null) continue;
            changed.computeIfAbsent(key.tenant(), t -> new TreeMap<>()).put(key.cluster(), progress);
        }
        changed.forEach((tenant, rows) -> {
            try {
                store.save(tenant, rows);
                saveEnds(tenant, rows.keySet());
            } catch (RuntimeException away) {
                rows.keySet().forEach(cluster -> unsaved.add(new Key(tenant, cluster)));
                throw away;
            }
        });
    }

    private void saveEnds(TenantId tenant, Set<ClusterName> clusters) {
        List<ProgressStore.End> ends = new ArrayList<>();
        for (ClusterName cluster : clusters) {
            ProgressStore.End end = ended.get(new Key(tenant, cluster));
            if (end != null) ends.add(end);
        }
        if (ends.isEmpty()) return;
        store.disconnected(tenant, ends);
        for (ProgressStore.End end : ends) {
            Key key = new Key(tenant, end.cluster());
            ended.remove(key, end); // unless a later one came
            held.computeIfPresent(key, (k, progress) -> progress.connected() ? progress : null);
        }
    }
}
