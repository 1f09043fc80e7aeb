package io.weft.hub.world;

import io.weft.hub.platform.log.Outcome;

/**
 * What became of a decision.
 *
 * @param answer of the decision that was made last
 * @param outcome never {@link Outcome.Stale} or {@link Outcome.Failed}; with nothing to append, committed without records
 */
public record Decided<T>(T answer, Outcome outcome) {
    public boolean committed() {
        return outcome instanceof Outcome.Committed;
    }
}
