package io.weft.hub.resources.internal;

import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.AckState;
import io.weft.policy.image.Addresses;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where an image leads if nothing else happens: every scope released, every service with an address, and every agent has
 * applied what it should have, so that what may only be sent after an acknowledgement is there too.
 */
final class Prospect {
    /** Names are gained in the first round and called in the second; what is lost goes in the third. */
    private static final int MOST_ROUNDS = 5;

    private Prospect() {}

    /** Each cluster's bundle at the end. */
    static SortedMap<ClusterName, CompiledCluster> of(TenantImage start) {
        TenantImage image = Decider.applied(start, released(start));
        image = Decider.applied(image, allocated(image));
        SortedMap<ClusterName, CompiledCluster> compiled = compile(image);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<LogEntry> applied = acknowledged(image, compiled);
            if (applied.isEmpty()) return compiled;
            image = Decider.applied(image, applied);
            compiled = compile(image);
        }
        return compiled;
    }

    private static SortedMap<ClusterName, CompiledCluster> compile(TenantImage image) {
        SortedMap<ClusterName, CompiledCluster> compiled = new TreeMap<>();
        for (ClusterName cluster : image.clusters()) compiled.put(cluster, ScratchCompiler.compile(image, cluster));
        return compiled;
    }

    private static List<LogEntry> released(TenantImage image) {
        List<LogEntry> entries = new ArrayList<>();
        for (Scope scope : image.scopes().keySet()) {
            entries.add(new Released(scope, image.revision(), new TreeMap<>()));
        }
        return entries;
    }

    private static List<LogEntry> allocated(TenantImage image) {
        SortedMap<String, String> given = Addresses.given(image, Instant.MAX);
        return given.isEmpty() ? List.of() : List.of(new Allocated(given, new TreeMap<>()));
    }

    private static List<LogEntry> acknowledged(TenantImage image, SortedMap<ClusterName, CompiledCluster> compiled) {
        List<LogEntry> entries = new ArrayList<>();
        compiled.forEach((cluster, bundle) -> {
            AckState state = image.acknowledged(cluster);
            SortedSet<GatewayName> answersGained = minus(bundle.answers(), state.answers());
            SortedSet<GatewayName> answersLost = minus(state.answers(), bundle.answers());
            SortedSet<Call> callsGained = minus(bundle.calls(), state.calls());
            SortedSet<Call> callsLost = minus(state.calls(), bundle.calls());
            if (answersGained.isEmpty() && answersLost.isEmpty() && callsGained.isEmpty() && callsLost.isEmpty())
                return;
            entries.add(new Acknowledged(
                    cluster,
                    0,
                    answersGained,
                    new TreeSet<>(),
                    answersLost,
                    callsGained,
                    callsLost,
                    new TreeMap<>(),
                    new TreeSet<>()));
        });
        return entries;
    }

    private static <T extends Comparable<T>> SortedSet<T> minus(SortedSet<T> all, SortedSet<T> without) {
        SortedSet<T> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
