package io.weft.policy.image;

import static io.weft.policy.image.DerivedRows.ofCluster;
import static io.weft.policy.image.DerivedRows.read;

import io.weft.policy.image.Facts.Capabilities;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.RowChange.Row;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** An image from the rows that {@link DerivedRows} made; equal to the image replayed from the log. */
public final class ImageRows {
    /** One cluster while its rows are gathered. */
    private static final class Gathered {
        final SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        final SortedMap<ServiceId, ServiceFact> services = new TreeMap<>();
        GatewayFact gateway = GatewayFact.NONE;
        Capabilities capabilities = Capabilities.NONE;
        final TreeSet<GatewayName> answers = new TreeSet<>();
        final TreeSet<GatewayName> dropping = new TreeSet<>();
        final TreeSet<Call> calls = new TreeSet<>();
        final SortedMap<String, String> refusals = new TreeMap<>();
        Judgement judgement = Judgement.NONE;
        boolean judged;
    }

    private final SortedMap<Scope, ScopeState> scopes = new TreeMap<>();
    private final SortedMap<Scope, Long> bases = new TreeMap<>();
    private final SortedMap<Scope, SortedMap<ClusterName, Long>> exceptions = new TreeMap<>();
    private final SortedMap<ClusterName, Gathered> clusters = new TreeMap<>();
    private final SortedMap<String, String> addresses = new TreeMap<>();
    private final SortedMap<String, Instant> resting = new TreeMap<>();

    private ImageRows() {}

    /**
     * @param empty the tenant's image before the first entry
     * @param position and hash of the head, read in the same transaction as the rows
     */
    public static TenantImage assemble(TenantImage empty, long position, Hash hash, long revision, Iterable<Row> rows) {
        ImageRows gathering = new ImageRows();
        rows.forEach(gathering::add);
        return gathering.image(empty, position, hash, revision);
    }

    private void add(Row row) {
        switch (row.section()) {
            case DerivedRows.VERSION -> version(row);
            case DerivedRows.MEMBERSHIP -> membership(row);
            case DerivedRows.RELEASE -> release(row);
            case DerivedRows.ADDRESS -> addresses.put(row.key(), read(row.json(), String.class));
            case DerivedRows.RESTING ->
                resting.put(
                        row.key(),
                        read(row.json(), DerivedRows.RestingRow.class).since());
            default -> ofACluster(row);
        }
    }

    private void ofACluster(Row row) {
        Map.Entry<ClusterName, String> key = ofCluster(row.key());
        Gathered cluster = clusters.computeIfAbsent(key.getKey(), k -> new Gathered());
        String name = key.getValue();
        switch (row.section()) {
            case DerivedRows.NAMESPACE -> cluster.namespaces.put(name, read(row.json(), NamespaceFact.class));
            case DerivedRows.SERVICE ->
                cluster.services.put(ServiceId.parse(name), read(row.json(), ServiceFact.class));
            case DerivedRows.GATEWAY -> cluster.gateway = read(row.json(), GatewayFact.class);
            case DerivedRows.CAPABILITIES -> cluster.capabilities = read(row.json(), Capabilities.class);
            case DerivedRows.ANSWERS -> cluster.answers.add(GatewayName.parse(name));
            case DerivedRows.DROPPING -> cluster.dropping.add(GatewayName.parse(name));
            case DerivedRows.CALLS -> cluster.calls.add(Call.parse(name));
            case DerivedRows.REFUSALS -> cluster.refusals.put(name, read(row.json(), String.class));
            case DerivedRows.LIVENESS -> {
                var liveness = read(row.json(), DerivedRows.LivenessRow.class);
                cluster.judgement = new Judgement(
                        liveness.liveness(),
                        liveness.reason(),
                        cluster.judgement.braked(),
                        cluster.judgement.brakeReason());
                cluster.judged = true;
            }
            case DerivedRows.BRAKE -> {
                var brake = read(row.json(), DerivedRows.BrakeRow.class);
                cluster.judgement = new Judgement(
                        cluster.judgement.liveness(),
                        cluster.judgement.livenessReason(),
                        brake.braked(),
                        brake.reason());
                cluster.judged = true;
            }
            default -> throw new UnknownEntryException("rows of an unknown section: " + row.section(), null);
        }
    }

    private void version(Row row) {
        String[] parts = row.key().split("\\|", -1);
        ResourceKey key = ResourceKey.parse(parts[1]);
        scopes.merge(
                key.scope(),
                ScopeState.EMPTY.version(key, Long.parseLong(parts[2]), resourceOf(row)),
                (before, ignored) -> before.version(key, Long.parseLong(parts[2]), resourceOf(row)));
    }

    private static @Nullable Resource resourceOf(Row row) {
        return read(row.json(), DerivedRows.VersionRow.class).resource();
    }

    private void membership(Row row) {
        String[] parts = row.key().split("\\|", -1);
        Scope scope = Scope.of(new GnsName(parts[0]));
        TreePSet<Member> members = TreePSet.from(List.of(read(row.json(), Member[].class)));
        scopes.put(scope, scopes.getOrDefault(scope, ScopeState.EMPTY).member(Long.parseLong(parts[1]), members));
    }

    private void release(Row row) {
        Scope scope = DerivedRows.scopeOf(row.key());
        String cluster = row.key().substring(row.key().indexOf('|') + 1);
        long revision = read(row.json(), Long.class);
        if (cluster.isEmpty()) {
            bases.put(scope, revision);
        } else {
            exceptions.computeIfAbsent(scope, k -> new TreeMap<>()).put(new ClusterName(cluster), revision);
        }
    }

    private TenantImage image(TenantImage empty, long position, Hash hash, long revision) {
        bases.keySet().forEach(scope -> scopes.putIfAbsent(scope, ScopeState.EMPTY));
        exceptions.keySet().forEach(scope -> scopes.putIfAbsent(scope, ScopeState.EMPTY));
        scopes.replaceAll((scope, state) -> state.with(new Release(
                        bases.getOrDefault(scope, 0L), TreePMap.from(exceptions.getOrDefault(scope, new TreeMap<>()))))
                .collected());
        return new TenantImage(
                empty.tenant(),
                empty.hubId(),
                empty.incarnation(),
                position,
                hash,
                revision,
                TreePMap.from(scopes),
                facts(),
                acknowledgements(),
                judgements(),
                TreePMap.from(addresses),
                TreePMap.from(resting));
    }

    private PSortedMap<ClusterName, ClusterFacts> facts() {
        SortedMap<ClusterName, ClusterFacts> all = new TreeMap<>();
        clusters.forEach((name, c) -> {
            ClusterFacts facts =
                    new ClusterFacts(TreePMap.from(c.namespaces), TreePMap.from(c.services), c.gateway, c.capabilities);
            if (!facts.equals(ClusterFacts.EMPTY)) all.put(name, facts);
        });
        return TreePMap.from(all);
    }

    private PSortedMap<ClusterName, AckState> acknowledgements() {
        SortedMap<ClusterName, AckState> all = new TreeMap<>();
        clusters.forEach((name, c) -> {
            AckState state = new AckState(
                    TreePSet.from(c.answers),
                    TreePSet.from(c.dropping),
                    TreePSet.from(c.calls),
                    TreePMap.from(c.refusals));
            if (!state.isEmpty()) all.put(name, state);
        });
        return TreePMap.from(all);
    }

    private PSortedMap<ClusterName, Judgement> judgements() {
        SortedMap<ClusterName, Judgement> all = new TreeMap<>();
        clusters.forEach((name, c) -> {
            if (c.judged) all.put(name, c.judgement);
        });
        return TreePMap.from(all);
    }
}
