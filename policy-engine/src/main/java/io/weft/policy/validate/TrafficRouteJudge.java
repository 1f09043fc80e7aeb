package io.weft.policy.validate;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TrafficRouteSpec.Destination;
import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What speaks against a route. */
final class TrafficRouteJudge {
    private TrafficRouteJudge() {}

    static void judge(Judge judge, Resource.TrafficRoute route) {
        GnsName gns = route.key().globalNamespace().orElseThrow();
        if (judge.after().resource(ResourceKey.globalNamespace(gns.value())).isEmpty()) {
            judge.senseless(
                    route.key(),
                    "/metadata/globalNamespace",
                    gns.value(),
                    "does not exist",
                    "a global namespace of the tenant");
        }
        knownClusters(judge, route);
        oneOfItsTarget(judge, route);
        rulesThatHold(judge, route);
    }

    private static void knownClusters(Judge judge, Resource.TrafficRoute route) {
        clusters(route).forEach((cluster, pointer) -> {
            if (judge.after().resource(ResourceKey.cluster(cluster)).isEmpty()) {
                judge.senseless(route.key(), pointer, cluster, "does not exist", "a cluster of the tenant");
            }
        });
    }

    /** The clusters that a route names, each with the pointer to the first place. */
    static SortedMap<String, String> clusters(Resource.TrafficRoute route) {
        SortedMap<String, String> clusters = new TreeMap<>();
        List<Rule> rules = route.spec().rules();
        for (int r = 0; r < rules.size(); r++) {
            List<Destination> split = rules.get(r).split();
            for (int d = 0; d < split.size(); d++) {
                String pointer = "/spec/rules/" + r + "/split/" + d + "/cluster";
                split.get(d)
                        .optionalCluster()
                        .map(ClusterName::value)
                        .ifPresent(cluster -> clusters.putIfAbsent(cluster, pointer));
            }
        }
        return clusters;
    }

    private static void oneOfItsTarget(Judge judge, Resource.TrafficRoute route) {
        judge.after()
                .newest(route.key().scope())
                .filter(other -> !other.key().equals(route.key())
                        && other instanceof Resource.TrafficRoute r
                        && r.spec().target().equals(route.spec().target()))
                .map(Resource::key)
                .sorted()
                .findFirst()
                .ifPresent(other -> judge.conflict(
                        route.key(),
                        "/spec/target",
                        route.spec().target(),
                        "is the target of " + other + " already",
                        "one route for each target"));
    }

    /** A rule whose conditions all stand in earlier rules catches nothing. */
    private static void rulesThatHold(Judge judge, Resource.TrafficRoute route) {
        Set<Match> earlier = new HashSet<>();
        List<Rule> rules = route.spec().rules();
        for (int r = 0; r < rules.size(); r++) {
            List<Match> matches = rules.get(r).matches();
            if (!matches.isEmpty() && earlier.containsAll(matches)) {
                judge.senseless(
                        route.key(),
                        "/spec/rules/" + r + "/matches",
                        rules.get(r).name(),
                        "catches nothing: earlier rules have all of its conditions",
                        "a condition that no earlier rule has");
            }
            earlier.addAll(matches);
        }
    }
}
