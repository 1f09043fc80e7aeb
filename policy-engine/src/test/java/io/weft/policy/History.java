package io.weft.policy;

import io.weft.policy.image.Call;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.Member;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A log that is written while a test goes on, with the image at its end. One second passes per record. */
public final class History {
    private final TenantImage empty;
    private final List<LogRecord> records = new ArrayList<>();
    private TenantImage image;

    public History(TenantId tenant) {
        empty = TenantImage.empty(tenant, Samples.HUB, 1);
        image = empty;
    }

    /** East and west with {@code cart}, north as a mere client; {@code shop} declared and released everywhere. */
    public static History shop(TenantId tenant) {
        History history = new History(tenant);
        history.put(
                Samples.cluster(Samples.EAST, 1), Samples.cluster(Samples.WEST, 1), Samples.cluster(Samples.NORTH, 1));
        history.observed(Samples.EAST, Samples.joined(Samples.EAST, "v1", "v2"));
        history.observed(Samples.WEST, Samples.joined(Samples.WEST, "v1"));
        history.observed(Samples.NORTH, Samples.joined(Samples.NORTH));
        history.put(Samples.shop(2));
        history.append(new Allocated(Samples.map(Samples.CART_HOST, "240.10.0.1"), new TreeMap<>()));
        return history;
    }

    public LogRecord append(LogEntry entry) {
        LogRecord record = LogCodec.seal(
                image.position() + 1,
                image.hash(),
                Samples.START.plusSeconds(image.position()).plusNanos(1),
                entry);
        image = image.apply(record);
        records.add(record);
        return record;
    }

    public LogRecord observed(ClusterName cluster, FactChange change) {
        return append(new Observed(cluster, 1, change));
    }

    /** Writes resources at the next revision, with the membership as it then is, and releases them everywhere. */
    public void put(Resource... puts) {
        change(List.of(puts), new TreeSet<>());
    }

    public void delete(ResourceKey... keys) {
        change(List.of(), Samples.set(keys));
    }

    /** Releases a scope's newest revision everywhere. */
    public void release(Scope scope) {
        append(new Released(scope, image.revision(), new TreeMap<>()));
    }

    /** A revision that is released nowhere yet. */
    public void change(List<Resource> puts, SortedSet<ResourceKey> tombstones, boolean release) {
        long revision = image.revision() + 1;
        append(new Changed(revision, "ada", puts, tombstones, memberships(puts, tombstones)));
        if (!release) return;
        SortedSet<Scope> scopes = new TreeSet<>();
        puts.forEach(resource -> scopes.add(resource.key().scope()));
        tombstones.forEach(key -> scopes.add(key.scope()));
        scopes.forEach(this::release);
    }

    private void change(List<Resource> puts, SortedSet<ResourceKey> tombstones) {
        change(puts, tombstones, true);
    }

    /** The membership of the global namespaces that are put. */
    public SortedMap<GnsName, SortedSet<Member>> memberships(List<Resource> puts, SortedSet<ResourceKey> tombstones) {
        SortedMap<GnsName, SortedSet<Member>> memberships = new TreeMap<>();
        for (Resource put : puts) {
            if (put.spec() instanceof GlobalNamespaceSpec spec && !tombstones.contains(put.key())) {
                memberships.put(new GnsName(put.key().name()), Members.resolve(spec, image));
            }
        }
        return memberships;
    }

    /** The cluster answers these names and may call those. */
    public LogRecord acknowledged(ClusterName cluster, SortedSet<GatewayName> answers, SortedSet<Call> calls) {
        return append(new Acknowledged(
                cluster,
                1,
                answers,
                new TreeSet<>(),
                new TreeSet<>(),
                calls,
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>()));
    }

    /** The image before the first record. */
    public TenantImage empty() {
        return empty;
    }

    public TenantImage image() {
        return image;
    }

    public List<LogRecord> records() {
        return Collections.unmodifiableList(records);
    }
}
