package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.util.Set;

/** What happens to the hub's end of a session. Answers to effects may come at once or later, each exactly once. */
public sealed interface HubEvent {
    Instant at();

    /** A stream was opened and its certificate accepted. The first event. */
    record Opened(Instant at) implements HubEvent {}

    record Received(Instant at, AgentMessage message) implements HubEvent {}

    /** Time went by. At least once a second. */
    record Tick(Instant at) implements HubEvent {}

    /** The transport took the oldest {@link HubEffect.Send} of a chunk and has room for another. */
    record Sent(Instant at) implements HubEvent {}

    /** Answers {@link HubEffect.CatchUp}: the replica's image stands at {@code replica}. */
    record CaughtUp(Instant at, Place replica, History history) implements HubEvent {}

    /** Answers {@link HubEffect.OpenEpoch}. */
    record EpochOpened(Instant at, long epoch) implements HubEvent {}

    /** Answers {@link HubEffect.CompareReports}: the kinds of which the hub knows something else. */
    record ReportsCompared(Instant at, Set<ReportKind> differing) implements HubEvent {}

    /** The cluster's bundle may have changed. */
    record BundleChanged(Instant at) implements HubEvent {}

    /** Answers {@link HubEffect.Compile}. */
    record Compiled(Instant at, Target target) implements HubEvent {}

    /** Answers {@link HubEffect.CommitIntents}: the log has them. */
    record IntentsCommitted(Instant at) implements HubEvent {}

    /** Answers {@link HubEffect.CommitIntents}: the log has moved so that they do not hold; compile again. */
    record IntentsRefused(Instant at) implements HubEvent {}

    /** Answers {@link HubEffect.CommitOutcome}: the log has it, or it changes nothing. */
    record AckCommitted(Instant at) implements HubEvent {}

    /** The hub cannot go on with this session: fenced, revoked, storage lost, shutting down. */
    record Failed(Instant at, GoodbyeCode code, String reason) implements HubEvent {}

    /** How the agent's history compares with the log. */
    enum History {
        SAME,
        /** The agent gave no hash, or the record is not kept any more, or it is of an earlier incarnation. */
        UNKNOWN,
        OTHER
    }
}
