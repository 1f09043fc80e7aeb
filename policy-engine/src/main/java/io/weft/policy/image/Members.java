package io.weft.policy.image;

import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.Selector;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which (cluster, namespace) the rules of a global namespace catch at present. */
public final class Members {
    private static final Set<String> NEVER = Set.of("istio-system", "weft-system");

    private Members() {}

    /** By the newest version of each cluster and the namespaces observed in it. */
    public static SortedSet<Member> resolve(GlobalNamespaceSpec spec, TenantImage image) {
        return resolve(spec, image, clusters(image));
    }

    /** Of every global namespace whose members are not what its rules select now: what they select. */
    public static SortedMap<GnsName, SortedSet<Member>> changed(TenantImage image) {
        SortedMap<GnsName, SortedSet<Member>> changed = new TreeMap<>();
        List<Resource.Cluster> clusters = clusters(image);
        for (Resource resource : image.resources(Kind.GLOBAL_NAMESPACE).values()) {
            if (!(resource instanceof Resource.GlobalNamespace gns)) continue;
            GnsName name = new GnsName(gns.key().name());
            SortedSet<Member> members = resolve(gns.spec(), image, clusters);
            if (!members.equals(image.membership(name))) changed.put(name, members);
        }
        return changed;
    }

    private static List<Resource.Cluster> clusters(TenantImage image) {
        return image.resources(Kind.CLUSTER).values().stream()
                .filter(Resource.Cluster.class::isInstance)
                .map(Resource.Cluster.class::cast)
                .toList();
    }

    private static SortedSet<Member> resolve(
            GlobalNamespaceSpec spec, TenantImage image, List<Resource.Cluster> clusters) {
        SortedSet<Member> members = new TreeSet<>();
        for (Resource.Cluster cluster : clusters) add(spec, cluster, image, members);
        return members;
    }

    private static void add(
            GlobalNamespaceSpec spec, Resource.Cluster cluster, TenantImage image, SortedSet<Member> members) {
        for (MemberRule rule : spec.members()) {
            if (!rule.clusterSelector()
                    .matches(cluster.key().name(), cluster.spec().labels())) continue;
            ClusterName name = new ClusterName(cluster.key().name());
            for (String namespace : image.facts(name).namespaces().keySet()) {
                if (catches(rule, cluster, image, namespace)) members.add(new Member(name, namespace));
            }
        }
    }

    /** Whether a rule selects a namespace that is observed in a cluster. */
    public static boolean catches(MemberRule rule, Resource.Cluster cluster, TenantImage image, String namespace) {
        ClusterName name = new ClusterName(cluster.key().name());
        NamespaceFact fact = image.facts(name).namespaces().get(namespace);
        return fact != null
                && managed(cluster.spec(), namespace)
                && rule.clusterSelector().matches(name.value(), cluster.spec().labels())
                && rule.namespaceSelector().matches(namespace, fact.labels());
    }

    /** The rules that select a namespace that is observed in a cluster. */
    public static List<MemberRule> catching(
            GlobalNamespaceSpec spec, Resource.Cluster cluster, TenantImage image, String namespace) {
        return spec.members().stream()
                .filter(rule -> catches(rule, cluster, image, namespace))
                .toList();
    }

    /** Whether one of the rules that select its namespace selects a service. */
    public static boolean selects(List<MemberRule> catching, String service, SortedMap<String, String> labels) {
        for (MemberRule rule : catching) {
            if (rule.serviceSelector().equals(Selector.ALL)) return true;
            if (rule.serviceSelector().matches(service, labels)) return true;
        }
        return false;
    }

    /** Whether a namespace of a cluster is looked at: system namespaces never, else by inclusions and exclusions. */
    public static boolean managed(ClusterSpec cluster, String namespace) {
        if (namespace.startsWith("kube-") || NEVER.contains(namespace)) return false;
        boolean included = cluster.namespaceInclusions().isEmpty()
                || cluster.namespaceInclusions().stream().anyMatch(m -> m.matches(namespace));
        return included && cluster.namespaceExclusions().stream().noneMatch(m -> m.matches(namespace));
    }
}
