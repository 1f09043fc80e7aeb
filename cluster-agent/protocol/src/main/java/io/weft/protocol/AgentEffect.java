package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.ReportKind;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What the agent's end of a session wants done, in order. */
public sealed interface AgentEffect {
    record Send(AgentMessage message) implements AgentEffect {}

    /** The hub answered; from now on the session carries bundles and reports. */
    record Welcomed(long epoch, String hubId, long incarnation) implements AgentEffect {}

    /**
     * Compute the version of the held objects changed by the transfer and compare, then say {@link AgentEvent.Verified}
     * or {@link AgentEvent.VersionDiffers}. Each object's own hash was checked already.
     */
    record Verify(Transfer transfer) implements AgentEffect {}

    /**
     * Make the transfer the held bundle, with its place, on disk; then say {@link AgentEvent.Persisted} or
     * {@link AgentEvent.PersistFailed}. Always before {@link Apply}, so that a restarted agent never goes back.
     */
    record Persist(Transfer transfer) implements AgentEffect {}

    /** Bring the cluster to the held bundle, then say {@link AgentEvent.Outcome}. */
    record Apply(Transfer transfer) implements AgentEffect {}

    /** List these kinds, then say {@link AgentEvent.Listed} for each. */
    record TakeSnapshot(Set<ReportKind> kinds) implements AgentEffect {
        public TakeSnapshot {
            kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
        }
    }

    /**
     * Close the stream. The last effect; later events have none.
     *
     * @param retryAfterMillis dial not earlier than this
     * @param redirect host:port to dial next, or empty
     */
    record End(GoodbyeCode code, String reason, int retryAfterMillis, String redirect) implements AgentEffect {}
}
