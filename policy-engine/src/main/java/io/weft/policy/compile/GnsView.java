package io.weft.policy.compile;

import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Member;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Selector;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A global namespace as a cluster sees it that is released to one revision.
 *
 * @param members what {@code namespaces} was made from
 * @param namespaces members by cluster
 */
record GnsView(
        GnsName name,
        Resource.GlobalNamespace resource,
        SortedSet<Member> members,
        SortedMap<ClusterName, SortedSet<String>> namespaces) {

    /** Empty when it is not there at that revision. An equal earlier view is given back itself. */
    static Optional<GnsView> at(TenantImage image, GnsName name, long revision, @Nullable GnsView earlier) {
        Optional<Resource> resource = image.resourceAt(ResourceKey.globalNamespace(name.value()), revision);
        if (resource.isEmpty() || !(resource.get() instanceof Resource.GlobalNamespace gns)) return Optional.empty();
        SortedSet<Member> members = image.membershipAt(name, revision);
        if (earlier != null && earlier.resource == gns && earlier.members == members) return Optional.of(earlier);
        SortedMap<ClusterName, SortedSet<String>> namespaces = new TreeMap<>();
        for (Member member : members) {
            namespaces.computeIfAbsent(member.cluster(), c -> new TreeSet<>()).add(member.namespace());
        }
        return Optional.of(new GnsView(name, gns, members, namespaces));
    }

    String domain() {
        return resource.spec().domain();
    }

    SortedSet<String> namespaces(ClusterName cluster) {
        return namespaces.getOrDefault(cluster, new TreeSet<>());
    }

    /** Whether which services take part depends on more than the membership. */
    boolean selectsServices() {
        return resource.spec().members().stream()
                .anyMatch(r -> !r.serviceSelector().equals(Selector.ALL));
    }

    /** Whether a service of a member namespace takes part. */
    boolean selects(TenantImage image, ClusterName cluster, String namespace, String service, ServiceFact fact) {
        if (!selectsServices()) return true;
        List<MemberRule> rules = resource.spec().members();
        List<MemberRule> catching = rules.stream()
                .filter(r -> catches(r, image, cluster, namespace))
                .toList();
        // Labels may have moved on while the membership waits for its release.
        return (catching.isEmpty() ? rules : catching)
                .stream().anyMatch(r -> r.serviceSelector().matches(service, fact.labels()));
    }

    private static boolean catches(MemberRule rule, TenantImage image, ClusterName cluster, String namespace) {
        SortedMap<String, String> labels = image.resource(ResourceKey.cluster(cluster.value()))
                .map(r -> r instanceof Resource.Cluster c ? c.spec().labels() : new TreeMap<String, String>())
                .orElseGet(TreeMap::new);
        ClusterFacts facts = image.facts(cluster);
        NamespaceFact fact = facts.namespaces().get(namespace);
        return rule.clusterSelector().matches(cluster.value(), labels)
                && rule.namespaceSelector().matches(namespace, fact == null ? new TreeMap<>() : fact.labels());
    }

    /** Names of the services in all member namespaces. */
    SortedSet<String> services(TenantImage image) {
        SortedSet<String> names = new TreeSet<>();
        namespaces.keySet().forEach(cluster -> names.addAll(services(image, cluster)));
        return names;
    }

    /** Names of the services in the member namespaces of one cluster. */
    SortedSet<String> services(TenantImage image, ClusterName cluster) {
        SortedSet<String> names = new TreeSet<>();
        var services = image.facts(cluster).services();
        for (String namespace : namespaces(cluster)) {
            services.keySet()
                    .subSet(Hosts.first(namespace), Hosts.afterLast(namespace))
                    .forEach(id -> names.add(id.name()));
        }
        return names;
    }
}
