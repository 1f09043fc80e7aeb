package io.weft.protocol;

import io.weft.protocol.v1.Drift;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.time.Instant;
import java.util.List;

/** What happens to the agent's end of a session. Answers to effects may come at once or later, each exactly once. */
public sealed interface AgentEvent {
    Instant at();

    /**
     * A stream was opened. The first event.
     *
     * @param reports a hash for each kind that can be read now
     */
    record Connected(Instant at, List<KindHash> reports) implements AgentEvent {
        public Connected {
            reports = List.copyOf(reports);
        }
    }

    record Received(Instant at, HubMessage message) implements AgentEvent {}

    /** Time went by. At least once a second. */
    record Tick(Instant at) implements AgentEvent {}

    /** Answers {@link AgentEffect.Verify}: held objects and transfer together have the version that was said. */
    record Verified(Instant at) implements AgentEvent {}

    /**
     * Answers {@link AgentEffect.Verify}: they have not. Ends the session; the next should say that nothing is held
     * ({@link Held#unknown()}), so that the bundle comes whole.
     */
    record VersionDiffers(Instant at, Digest found) implements AgentEvent {}

    /** Answers {@link AgentEffect.Persist}: it is on disk, to stay. */
    record Persisted(Instant at) implements AgentEvent {}

    /** Answers {@link AgentEffect.Persist}: it is not, or nobody knows. */
    record PersistFailed(Instant at, String reason) implements AgentEvent {}

    /** Answers {@link AgentEffect.Apply}, and later tries of the same bundle; none refused means all is in force. */
    record Outcome(Instant at, Digest version, Tally tally, List<ObjectRefusal> refusals) implements AgentEvent {
        public Outcome {
            refusals = List.copyOf(refusals);
        }
    }

    /** What changed of one kind since it was reported last. */
    record Observed(Instant at, ReportKind kind, List<ReportItem> puts, List<String> removals) implements AgentEvent {
        public Observed {
            puts = List.copyOf(puts);
            removals = List.copyOf(removals);
        }
    }

    /**
     * Answers {@link AgentEffect.TakeSnapshot} for one kind; may also come unasked, when a kind can no longer be listed
     * or again.
     *
     * @param incompleteReason empty when the list was complete
     */
    record Listed(Instant at, ReportKind kind, List<ReportItem> items, String incompleteReason) implements AgentEvent {
        public Listed {
            items = List.copyOf(items);
        }
    }

    record LiveRead(Instant at, Live live) implements AgentEvent {}

    record DriftFound(Instant at, Drift drift) implements AgentEvent {}

    /** Objects written, deleted, and found as they should be. */
    record Tally(int written, int deleted, int unchanged) {}
}
