package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What clusters see, told from the whole log by the words of its definition: nothing is ever collected. */
final class Oracle {
    private final List<Changed> changes = new ArrayList<>();
    private final List<Released> releases = new ArrayList<>();

    void apply(LogRecord record) {
        if (record.entry() instanceof Changed changed) changes.add(changed);
        if (record.entry() instanceof Released released) releases.add(released);
    }

    long released(Scope scope, ClusterName cluster) {
        long revision = 0;
        for (Released release : releases) {
            if (!release.scope().equals(scope)) continue;
            Long base = release.base();
            if (base != null) revision = base;
            revision = release.clusters().getOrDefault(cluster, revision);
        }
        return revision;
    }

    SortedMap<ResourceKey, Resource> seen(Scope scope, ClusterName cluster) {
        SortedMap<ResourceKey, Resource> seen = new TreeMap<>();
        for (Changed change : upTo(released(scope, cluster))) {
            change.puts().forEach(put -> seen.put(put.key(), put));
            seen.keySet().removeAll(change.tombstones());
        }
        seen.keySet().removeIf(key -> !key.scope().equals(scope));
        return seen;
    }

    SortedSet<Member> members(GnsName gns, ClusterName cluster) {
        SortedSet<Member> members = new TreeSet<>();
        for (Changed change : upTo(released(Scope.of(gns), cluster))) {
            if (change.tombstones().contains(ResourceKey.globalNamespace(gns.value()))) {
                members = new TreeSet<>();
            }
            members = change.memberships().getOrDefault(gns, members);
        }
        return members;
    }

    private List<Changed> upTo(long revision) {
        return changes.stream().filter(change -> change.revision() <= revision).toList();
    }
}
