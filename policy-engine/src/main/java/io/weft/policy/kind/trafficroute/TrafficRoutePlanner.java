package io.weft.policy.kind.trafficroute;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import io.weft.policy.plan.RulePlan;
import io.weft.policy.plan.RulePlan.Share;
import io.weft.policy.plan.Subsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one caller. A preference that not every called cluster answers yet is left out for now: its share goes to
 * the caller's own preference, and comes back when all have answered.
 *
 * @param own the caller's cluster
 * @param clusters other clusters that may be preferred
 * @param both versions that may be asked for with these other clusters preferred
 */
public record TrafficRoutePlanner(ClusterName own, Set<ClusterName> clusters, Set<VersionPreference> both) {
    private static final String DEFAULT = "default";

    /** Always ends with a rule for every request. */
    public List<RulePlan> rules(@Nullable TrafficRouteSpec spec) {
        List<RulePlan> plans = new ArrayList<>();
        List<Rule> rules = spec == null ? List.of() : spec.rules();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String name = rule.name().isEmpty() ? "rule-" + (i + 1) : rule.name();
            plans.add(new RulePlan(name, rule.matches(), shares(rule.split()), rule.timeout(), rule.retries()));
            // Whatever comes after a rule for every request is never reached.
            if (rule.matches().isEmpty()) return plans;
        }
        plans.add(new RulePlan(DEFAULT, List.of(), shares(List.of()), null, null));
        return plans;
    }

    private List<Share> shares(List<Destination> split) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (Destination destination : split) {
            if (destination.weight() > 0) weights.merge(subset(destination), destination.weight(), Integer::sum);
        }
        if (weights.isEmpty()) weights.put(Subsets.prefer(own), 100);
        return weights.entrySet().stream()
                .map(e -> new Share(e.getKey(), e.getValue()))
                .toList();
    }

    private String subset(Destination destination) {
        String version = destination.version();
        ClusterName cluster = destination.optionalCluster().orElse(own);
        if (version == null) return Subsets.prefer(clusters.contains(cluster) ? cluster : own);
        return both.contains(new VersionPreference(version, cluster))
                ? Subsets.version(version, cluster)
                : Subsets.version(version);
    }
}
