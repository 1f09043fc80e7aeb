package io.weft.policy.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How requests to a global service are matched and split.
 *
 * @param target the name of the global service, without the domain
 * @param rules in order; the first whose matches hold decides. A rule without matches holds always
 */
public record TrafficRouteSpec(String description, String target, List<Rule> rules) {
    public TrafficRouteSpec {
        rules = List.copyOf(rules);
    }

    /**
     * @param matches any of these must hold; empty: every request
     * @param split weights that sum to 100; empty: the default of the service
     */
    public record Rule(
            String name,
            List<Match> matches,
            List<Destination> split,
            @Nullable Duration timeout,
            @Nullable Retries retries) {
        public Rule {
            matches = List.copyOf(matches);
            split = List.copyOf(split);
        }
    }

    /** All that is given must hold. */
    public record Match(
            @Nullable TextMatch path, @Nullable String method, List<NamedMatch> headers, List<NamedMatch> queryParams) {
        public Match {
            headers = List.copyOf(headers);
            queryParams = List.copyOf(queryParams);
        }
    }

    /** A match on a header or a query parameter. */
    public record NamedMatch(String name, TextMatch value) {}

    /** {@code Exact}, {@code Prefix} or {@code Regex}; {@code Suffix} cannot be expressed by a mesh and is refused. */
    public record TextMatch(NameMatch.Op op, String value) {}

    /**
     * A share of the requests.
     *
     * @param version only instances of this version; null: any
     * @param cluster prefer this cluster, fail over to the others; null: prefer the caller's own
     * @param weight 0 to 100
     */
    public record Destination(
            @Nullable String version, @Nullable ClusterName cluster, int weight) {
        public Optional<String> optionalVersion() {
            return Optional.ofNullable(version);
        }

        public Optional<ClusterName> optionalCluster() {
            return Optional.ofNullable(cluster);
        }
    }

    /**
     * @param attempts 0 switches retries off
     * @param perTryTimeout null: 2 s
     * @param on null: the default (everything for safe methods, only never-sent requests for the rest)
     */
    public record Retries(
            int attempts,
            @Nullable Duration perTryTimeout,
            @Nullable String on) {}
}
