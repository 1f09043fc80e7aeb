package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Acknowledged;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What one cluster is known to answer and may call.
 *
 * @param answers names that its gateway answers, those that are about to go included
 * @param dropping names of {@code answers} that nobody may begin to call
 * @param calls names that its bundle may call, at other clusters and at itself
 * @param refusals why objects could not be applied, by object key
 */
public record AckState(
        PSortedSet<GatewayName> answers,
        PSortedSet<GatewayName> dropping,
        PSortedSet<Call> calls,
        PSortedMap<String, String> refusals) {
    public static final AckState EMPTY =
            new AckState(TreePSet.empty(), TreePSet.empty(), TreePSet.empty(), TreePMap.empty());

    /** Whether another cluster may be sent a bundle that calls this name here. */
    public boolean callable(GatewayName name) {
        return answers.contains(name) && !dropping.contains(name);
    }

    AckState apply(Acknowledged entry) {
        return new AckState(
                answers.minusAll(entry.answersLost()).plusAll(entry.answersGained()),
                dropping.plusAll(entry.answersDropping())
                        .minusAll(entry.answersLost())
                        .minusAll(entry.answersGained()),
                calls.minusAll(entry.callsLost()).plusAll(entry.callsGained()),
                refusals.minusAll(entry.refusalsCleared()).plusAll(entry.refusals()));
    }

    boolean isEmpty() {
        return answers.isEmpty() && dropping.isEmpty() && calls.isEmpty() && refusals.isEmpty();
    }
}
