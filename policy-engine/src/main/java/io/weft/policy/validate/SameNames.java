package io.weft.policy.validate;

import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A change may not put two services of one name in one cluster under one global name. Where that came about by what was
 * observed, the older one is served and the other reported; a change that leaves it so is let through.
 */
final class SameNames {
    private record Name(ClusterName cluster, String service) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byCluster = cluster.compareTo(other.cluster);
            return byCluster != 0 ? byCluster : service.compareTo(other.service);
        }
    }

    private SameNames() {}

    static void judge(Judge judge, Collection<? extends Resource> puts) {
        Set<ResourceKey> keys = puts.stream().map(Resource::key).collect(Collectors.toSet());
        boolean clusters = puts.stream().anyMatch(put -> put.key().kind() == Kind.CLUSTER);
        judge.after().resources(Kind.GLOBAL_NAMESPACE).forEach((key, resource) -> {
            if (!clusters && !keys.contains(key)) return; // nothing moves in it
            if (!(resource.spec() instanceof GlobalNamespaceSpec spec)) return;
            SortedMap<Name, SortedSet<String>> now = twice(judge.after(), spec);
            if (now.isEmpty()) return;
            SortedMap<Name, SortedSet<String>> earlier = earlier(judge.before(), key);
            now.forEach((name, namespaces) -> {
                if (namespaces.equals(earlier.get(name))) return;
                if (keys.contains(key)) object(judge, key, "/spec/members", key, name, namespaces);
                ResourceKey cluster = ResourceKey.cluster(name.cluster().value());
                if (!keys.contains(key) && keys.contains(cluster)) {
                    object(judge, cluster, "/spec", key, name, namespaces);
                }
            });
        });
    }

    private static void object(
            Judge judge, ResourceKey put, String pointer, ResourceKey gns, Name name, SortedSet<String> namespaces) {
        judge.conflict(
                put,
                pointer,
                name.service(),
                gns + " would have the service " + name.service() + " of cluster " + name.cluster()
                        + " more than once: in the namespaces " + String.join(", ", namespaces),
                "one service of a name in the member namespaces of a cluster");
    }

    private static SortedMap<Name, SortedSet<String>> earlier(TenantImage image, ResourceKey key) {
        return image.resource(key)
                .map(resource -> resource.spec() instanceof GlobalNamespaceSpec spec
                        ? twice(image, spec)
                        : new TreeMap<Name, SortedSet<String>>())
                .orElseGet(TreeMap::new);
    }

    /** Services that are there more than once, with the namespaces that have them. */
    private static SortedMap<Name, SortedSet<String>> twice(TenantImage image, GlobalNamespaceSpec spec) {
        SortedMap<Name, SortedSet<String>> twice = new TreeMap<>();
        for (Resource resource : image.resources(Kind.CLUSTER).values()) {
            if (!(resource instanceof Resource.Cluster cluster)) continue;
            ClusterName name = new ClusterName(cluster.key().name());
            Map<String, List<MemberRule>> rules = new HashMap<>();
            Map<String, String> first = new HashMap<>();
            image.facts(name).services().forEach((id, fact) -> {
                if (fact.gone()) return;
                List<MemberRule> catching = rules.computeIfAbsent(
                        id.namespace(), namespace -> Members.catching(spec, cluster, image, namespace));
                if (!Members.selects(catching, id.name(), fact.labels())) return;
                String before = first.putIfAbsent(id.name(), id.namespace());
                if (before == null) return;
                SortedSet<String> namespaces = twice.computeIfAbsent(new Name(name, id.name()), n -> new TreeSet<>());
                namespaces.add(before);
                namespaces.add(id.namespace());
            });
        }
        return twice;
    }
}
