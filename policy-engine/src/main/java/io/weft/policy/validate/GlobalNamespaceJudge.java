package io.weft.policy.validate;

import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Members;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Kind;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import java.util.List;

/** What speaks against a global namespace: its domain is not free, or a rule catches nothing. */
final class GlobalNamespaceJudge {
    private GlobalNamespaceJudge() {}

    static void judge(Judge judge, Resource.GlobalNamespace gns) {
        domainIsFree(judge, gns);
        rulesThatCatch(judge, gns);
    }

    private static void domainIsFree(Judge judge, Resource.GlobalNamespace gns) {
        String domain = gns.spec().domain();
        for (Resource other : judge.after().resources(Kind.GLOBAL_NAMESPACE).values()) {
            if (other.key().equals(gns.key()) || !(other.spec() instanceof GlobalNamespaceSpec spec)) continue;
            if (!overlap(domain, spec.domain())) continue;
            String message = domain.equals(spec.domain())
                    ? "is taken by " + other.key()
                    : "overlaps with " + spec.domain() + " of " + other.key();
            taken(judge, gns.key(), domain, message);
            return;
        }
        if (judge.before().domains(new GnsName(gns.key().name())).contains(domain)) return;
        stillUsed(judge, gns.key(), domain);
    }

    /** One is the other, or lies in it. */
    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.endsWith("." + other) || other.endsWith("." + one);
    }

    /** A deleted global namespace keeps its domain until the last cluster is without it. */
    private static void stillUsed(Judge judge, ResourceKey key, String domain) {
        TenantImage image = judge.before();
        for (GnsName other : image.gnsNames()) {
            if (!other.value().equals(key.name()) && image.domains(other).contains(domain)) {
                taken(judge, key, domain, "is still that of " + other + " in some cluster");
                return;
            }
        }
        if (image.inUse(domain)) taken(judge, key, domain, "is still in use in some cluster");
    }

    private static void taken(Judge judge, ResourceKey key, String domain, String message) {
        judge.conflict(key, "/spec/domain", domain, message, "a domain that is free");
    }

    /** Only rules that are new, and only when every cluster that they may mean has told what it has. */
    private static void rulesThatCatch(Judge judge, Resource.GlobalNamespace gns) {
        List<MemberRule> known = judge.before()
                .resource(gns.key())
                .map(r -> r.spec() instanceof GlobalNamespaceSpec spec ? spec.members() : List.<MemberRule>of())
                .orElse(List.of());
        List<MemberRule> rules = gns.spec().members();
        for (int i = 0; i < rules.size(); i++) {
            MemberRule rule = rules.get(i);
            if (known.contains(rule) || catches(judge.after(), gns.spec(), rule)) continue;
            judge.senseless(
                    gns.key(),
                    "/spec/members/" + i,
                    "rule " + i,
                    "catches nothing: no namespace of any cluster that it selects",
                    "selectors that select at least one cluster and one of its namespaces");
        }
    }

    private static boolean catches(TenantImage image, GlobalNamespaceSpec spec, MemberRule rule) {
        boolean clusters = false;
        for (Resource resource : image.resources(Kind.CLUSTER).values()) {
            if (!(resource instanceof Resource.Cluster cluster)) continue;
            clusters = true;
            ClusterName name = new ClusterName(cluster.key().name());
            boolean meant =
                    rule.clusterSelector().matches(name.value(), cluster.spec().labels());
            if (meant && image.facts(name).equals(ClusterFacts.EMPTY)) return true; // it has not told yet
        }
        if (!clusters) return true;
        GlobalNamespaceSpec alone = new GlobalNamespaceSpec(
                spec.displayName(), spec.description(), spec.domain(), List.of(rule), spec.mtls(), spec.color());
        return !Members.resolve(alone, image).isEmpty();
    }
}
