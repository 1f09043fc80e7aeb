package io.weft.policy.plan;

import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.Retries;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of how requests are split.
 *
 * @param matches any of these must hold; empty: every request
 * @param shares weights by subset, at least one, each above 0
 * @param retries null: the default
 */
public record RulePlan(
        String name,
        List<Match> matches,
        List<Share> shares,
        @Nullable Duration timeout,
        @Nullable Retries retries) {
    public record Share(String subset, int weight) {}

    public RulePlan {
        matches = List.copyOf(matches);
        shares = List.copyOf(shares);
    }
}
