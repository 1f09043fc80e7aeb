package io.weft.hub.resources.internal;

import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleDelta;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.Finding;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do to one cluster.
 *
 * @param objects in the order in which the agent would apply them
 * @param findings what people should know about the result and what was not so before
 */
public record ClusterDiff(ClusterName cluster, List<ObjectDiff> objects, List<Finding> findings) {
    /** @param before null where it is added; {@code after} null where it is removed */
    public record ObjectDiff(
            @Nullable BundleObject before, @Nullable BundleObject after) {}

    /** Of every cluster whose bundle would be another one with everything pending released. */
    public static List<ClusterDiff> between(TenantImage before, TenantImage after) {
        SortedMap<ClusterName, CompiledCluster> without = Prospect.of(before);
        SortedMap<ClusterName, CompiledCluster> with = Prospect.of(after);
        List<ClusterDiff> diffs = new ArrayList<>();
        with.forEach((cluster, compiled) -> add(diffs, cluster, without.get(cluster), compiled));
        without.forEach((cluster, compiled) -> {
            if (!with.containsKey(cluster)) add(diffs, cluster, compiled, null);
        });
        return diffs;
    }

    private static void add(
            List<ClusterDiff> diffs,
            ClusterName cluster,
            @Nullable CompiledCluster without,
            @Nullable CompiledCluster with) {
        Bundle from = without == null ? Bundle.EMPTY : without.bundle();
        Bundle to = with == null ? Bundle.EMPTY : with.bundle();
        BundleDelta delta = BundleDelta.between(from, to);
        List<ObjectDiff> objects = new ArrayList<>();
        delta.puts()
                .forEach(
                        put -> objects.add(new ObjectDiff(from.object(put.key()).orElse(null), put)));
        delta.removals()
                .forEach(removal ->
                        objects.add(new ObjectDiff(from.object(removal.key()).orElse(null), null)));
        List<Finding> findings = new ArrayList<>(with == null ? List.of() : with.findings());
        if (without != null) findings.removeAll(without.findings());
        if (!objects.isEmpty() || !findings.isEmpty()) diffs.add(new ClusterDiff(cluster, objects, findings));
    }
}
