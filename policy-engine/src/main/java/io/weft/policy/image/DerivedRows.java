package io.weft.policy.image;

import static io.weft.policy.image.LogCodec.MAPPER;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weft.policy.bundle.Canonical;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.RowChange.Put;
import io.weft.policy.image.RowChange.Remove;
import io.weft.policy.image.RowChange.RemovePrefix;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows from which a replica starts without replaying the whole log. A pure function of one record, so that every
 * store keeps the same rows; {@link ImageRows} reads them. Parts of a key are separated by {@code |}, which no name
 * contains but a call's, which comes last.
 */
public final class DerivedRows {
    static final String VERSION = "version";
    static final String MEMBERSHIP = "membership";
    static final String RELEASE = "release";
    static final String NAMESPACE = "namespace";
    static final String SERVICE = "service";
    static final String GATEWAY = "gateway";
    static final String CAPABILITIES = "capabilities";
    static final String ANSWERS = "answers";
    static final String DROPPING = "dropping";
    static final String CALLS = "calls";
    static final String REFUSALS = "refusals";
    static final String LIVENESS = "liveness";
    static final String BRAKE = "brake";
    static final String ADDRESS = "address";
    static final String RESTING = "resting";

    /** Sections whose keys start with a cluster. */
    private static final List<String> OF_A_CLUSTER =
            List.of(NAMESPACE, SERVICE, GATEWAY, CAPABILITIES, ANSWERS, DROPPING, CALLS, REFUSALS, LIVENESS, BRAKE);

    /** A version of a resource; without one it is a tombstone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionRow(@Nullable Resource resource) {}

    record LivenessRow(LogEntry.Liveness liveness, String reason) {}

    record BrakeRow(boolean braked, String reason) {}

    /** An address and, once it was taken back, since when it rests. */
    record RestingRow(Instant since) {}

    private final List<RowChange> changes = new ArrayList<>();

    private DerivedRows() {}

    /**
     * What one record changes, in order.
     */
    public static List<RowChange> of(LogRecord record) {
        DerivedRows rows = new DerivedRows();
        switch (record.entry()) {
            case Changed e -> rows.changed(e);
            case Observed e -> rows.observed(e, record.position());
            case Acknowledged e -> rows.acknowledged(e);
            case Judged e -> rows.judged(e);
            case Released e -> rows.released(e);
            case Allocated e -> rows.allocated(e, record.time());
        }
        return List.copyOf(rows.changes);
    }

    private void changed(Changed e) {
        for (Resource put : e.puts()) put(VERSION, versionKey(put.key(), e.revision()), new VersionRow(put));
        for (ResourceKey key : e.tombstones()) {
            put(VERSION, versionKey(key, e.revision()), new VersionRow(null));
            if (key.kind() == Kind.GLOBAL_NAMESPACE)
                put(MEMBERSHIP, membershipKey(key.name(), e.revision()), List.of());
            if (key.kind() == Kind.CLUSTER)
                OF_A_CLUSTER.forEach(s -> changes.add(new RemovePrefix(s, key.name() + "|")));
        }
        e.memberships().forEach((gns, members) -> put(MEMBERSHIP, membershipKey(gns.value(), e.revision()), members));
    }

    private void observed(Observed e, long position) {
        FactChange change = e.change();
        change.namespaceRemovals().forEach(name -> remove(NAMESPACE, key(e.cluster(), name)));
        change.namespacePuts().forEach((name, fact) -> put(NAMESPACE, key(e.cluster(), name), fact));
        change.serviceRemovals().forEach(id -> remove(SERVICE, key(e.cluster(), id)));
        change.servicePuts()
                .forEach((id, fact) -> put(SERVICE, key(e.cluster(), id), ClusterFacts.dated(fact, position)));
        if (change.gateway() != null) put(GATEWAY, key(e.cluster(), ""), change.gateway());
        if (change.capabilities() != null) put(CAPABILITIES, key(e.cluster(), ""), change.capabilities());
    }

    private void acknowledged(Acknowledged e) {
        removeAll(ANSWERS, e.cluster(), e.answersLost());
        putAll(ANSWERS, e.cluster(), e.answersGained());
        putAll(DROPPING, e.cluster(), e.answersDropping());
        removeAll(DROPPING, e.cluster(), e.answersLost());
        removeAll(DROPPING, e.cluster(), e.answersGained());
        removeAll(CALLS, e.cluster(), e.callsLost());
        putAll(CALLS, e.cluster(), e.callsGained());
        removeAll(REFUSALS, e.cluster(), e.refusalsCleared());
        e.refusals().forEach((object, reason) -> put(REFUSALS, key(e.cluster(), object), reason));
    }

    private void judged(Judged e) {
        if (e.liveness() != null) put(LIVENESS, key(e.cluster(), ""), new LivenessRow(e.liveness(), e.reason()));
        if (e.braked() != null) put(BRAKE, key(e.cluster(), ""), new BrakeRow(e.braked(), e.reason()));
    }

    private void released(Released e) {
        if (e.base() != null) {
            changes.add(new RemovePrefix(RELEASE, e.scope() + "|"));
            put(RELEASE, e.scope() + "|", e.base());
        }
        e.clusters().forEach((cluster, revision) -> put(RELEASE, e.scope() + "|" + cluster, revision));
    }

    private void allocated(Allocated e, Instant time) {
        for (String host : e.freed().keySet()) remove(ADDRESS, host);
        e.freed().values().forEach(address -> put(RESTING, address, new RestingRow(time)));
        e.addresses().forEach((host, address) -> {
            put(ADDRESS, host, address);
            remove(RESTING, address);
        });
    }

    static String versionKey(ResourceKey key, long revision) {
        return key.scope() + "|" + key + "|" + revision;
    }

    private static String membershipKey(String gns, long revision) {
        return gns + "|" + revision;
    }

    private static String key(ClusterName cluster, Object name) {
        return cluster + "|" + name;
    }

    private void putAll(String section, ClusterName cluster, SortedSet<?> names) {
        names.forEach(name -> changes.add(new Put(section, key(cluster, name), "true")));
    }

    private void removeAll(String section, ClusterName cluster, SortedSet<?> names) {
        names.forEach(name -> remove(section, key(cluster, name)));
    }

    private void put(String section, String key, Object value) {
        changes.add(new Put(section, key, Canonical.text(MAPPER.valueToTree(value))));
    }

    private void remove(String section, String key) {
        changes.add(new Remove(section, key));
    }

    static Scope scopeOf(String key) {
        return new Scope(key.substring(0, key.indexOf('|')));
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static Map.Entry<ClusterName, String> ofCluster(String key) {
        int bar = key.indexOf('|');
        return Map.entry(new ClusterName(key.substring(0, bar)), key.substring(bar + 1));
    }
}
