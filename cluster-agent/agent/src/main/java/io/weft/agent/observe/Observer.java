package io.weft.agent.observe;

import io.weft.agent.Inventory;
import io.weft.protocol.Digest;
import io.weft.protocol.ReportItems;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was folded so far, and what changed with every look. Looks again only where it is told to; a kind that is not
 * known completely loses nothing. {@link #look} is called by one thread; the rest by any.
 */
public final class Observer implements Inventory {
    private static final Set<ReportKind> OF_NAMESPACES =
            EnumSet.of(ReportKind.REPORT_KIND_SERVICE, ReportKind.REPORT_KIND_VERSION, ReportKind.REPORT_KIND_INSTANCE);

    /** All kinds there are. */
    public static final Set<ReportKind> KINDS = EnumSet.of(
            ReportKind.REPORT_KIND_NAMESPACE,
            ReportKind.REPORT_KIND_SERVICE,
            ReportKind.REPORT_KIND_VERSION,
            ReportKind.REPORT_KIND_INSTANCE,
            ReportKind.REPORT_KIND_NODE,
            ReportKind.REPORT_KIND_GATEWAY,
            ReportKind.REPORT_KIND_MESH);

    /** Where to look again. */
    public sealed interface Place {
        /** Services, versions and instances of one namespace. */
        record Within(String namespace) implements Place {}

        /** Namespaces, nodes, gateways and the mesh. */
        record Cluster() implements Place {}
    }

    /** Hears of changes. */
    public interface Changes {
        void changed(ReportKind kind, List<ReportItem> puts, List<String> removals);

        /** The kind can be listed completely now, or no more. */
        void completeness(ReportKind kind);
    }

    private final ClusterView view;
    private final Function<String, List<String>> resolve;
    private final Changes changes;

    // Guarded by this.
    private final Map<ReportKind, SortedMap<String, ReportItem>> known = new EnumMap<>(ReportKind.class);
    private final Map<ReportKind, String> incomplete = new EnumMap<>(ReportKind.class);

    // Of the one thread.
    private Map<String, String> localities = Map.of();

    public Observer(ClusterView view, Function<String, List<String>> resolve, Changes changes) {
        this.view = view;
        this.resolve = resolve;
        this.changes = changes;
        KINDS.forEach(kind -> {
            known.put(kind, new TreeMap<>());
            incomplete.put(kind, "not listed yet");
        });
    }

    @Override
    public synchronized List<KindHash> hashes() {
        List<KindHash> hashes = new ArrayList<>();
        known.forEach((kind, items) -> {
            if (!incomplete.getOrDefault(kind, "").isEmpty()) return;
            SortedMap<String, Digest> each = new TreeMap<>();
            items.forEach((key, item) -> each.put(key, new Digest(item.getHash())));
            hashes.add(KindHash.newBuilder()
                    .setKind(kind)
                    .setHash(ReportItems.ofKind(each).bytes())
                    .build());
        });
        return hashes;
    }

    @Override
    public synchronized Listing list(ReportKind kind) {
        Collection<ReportItem> items = known.getOrDefault(kind, new TreeMap<>()).values();
        return new Listing(List.copyOf(items), incomplete.getOrDefault(kind, "not observed"));
    }

    /** Folds these places anew and says what changed. */
    public void look(Set<Place> places) {
        Set<ReportKind> turned = compareCompleteness();
        Set<Place> where = new HashSet<>(places);
        if (!turned.isEmpty()) everywhere(where);
        if (where.contains(new Place.Cluster()) && lookAtCluster()) everywhere(where);
        for (Place place : where) {
            if (place instanceof Place.Within within) lookWithin(within.namespace());
        }
        turned.forEach(changes::completeness);
    }

    /** Namespaces that are gone too: what was known of them has to go. */
    private void everywhere(Set<Place> places) {
        places.add(new Place.Cluster());
        view.namespaces()
                .forEach(each -> places.add(new Place.Within(each.getMetadata().getName())));
        synchronized (this) {
            for (ReportKind kind : OF_NAMESPACES) {
                items(kind).keySet().forEach(key -> places.add(new Place.Within(key.substring(0, key.indexOf('/')))));
            }
        }
    }

    private Set<ReportKind> compareCompleteness() {
        Set<ReportKind> turned = EnumSet.noneOf(ReportKind.class);
        for (ReportKind kind : KINDS) {
            String now = view.incompleteReason(kind);
            synchronized (this) {
                String before = incomplete.put(kind, now);
                if (!now.equals(before)) turned.add(kind);
            }
        }
        return turned;
    }

    /** Whether places of nodes moved, which all versions tell. */
    private boolean lookAtCluster() {
        take(ReportKind.REPORT_KIND_NAMESPACE, "", ClusterFold.namespaces(view.namespaces()));
        take(ReportKind.REPORT_KIND_NODE, "", ClusterFold.nodes(view.nodes()));
        take(ReportKind.REPORT_KIND_GATEWAY, "", ClusterFold.gateways(view.services(), resolve));
        take(
                ReportKind.REPORT_KIND_MESH,
                "",
                MeshFold.of(view.namespaces(), view.meshConfigs(), view.controlPlanePods(), view.kubernetesVersion()));
        Map<String, String> now = ClusterFold.localities(view.nodes());
        boolean moved = !now.equals(localities);
        localities = now;
        return moved;
    }

    private void lookWithin(String namespace) {
        NamespaceFold.of(view.services(namespace), view.pods(namespace), view.workloads(namespace), localities)
                .forEach((kind, items) -> take(kind, namespace + "/", items));
    }

    private void take(ReportKind kind, String prefix, SortedMap<String, ReportItem> now) {
        List<ReportItem> puts = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        synchronized (this) {
            SortedMap<String, ReportItem> all = items(kind);
            now.forEach((key, item) -> {
                ReportItem before = all.put(key, item);
                if (before == null || !before.getHash().equals(item.getHash())) puts.add(item);
            });
            if (incomplete.getOrDefault(kind, "").isEmpty()) {
                SortedMap<String, ReportItem> part =
                        prefix.isEmpty() ? all : all.subMap(prefix, prefix + Character.MAX_VALUE);
                part.keySet().stream().filter(key -> !now.containsKey(key)).forEach(removals::add);
                removals.forEach(all::remove);
            }
        }
        if (!puts.isEmpty() || !removals.isEmpty()) changes.changed(kind, puts, removals);
    }

    private SortedMap<String, ReportItem> items(ReportKind kind) {
        return known.computeIfAbsent(kind, each -> new TreeMap<>());
    }
}
