package io.weft.protocol;

import io.weft.protocol.v1.Drift;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.Hello;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the hub's end of a session wants done, in order. */
public sealed interface HubEffect {
    /** To the agent. Chunks of bundles are answered by {@link HubEvent.Sent}; nothing else is. */
    record Send(HubMessage message) implements HubEffect {
        public boolean isChunk() {
            return message.hasBundleChunk();
        }
    }

    /** Read the log to its head, then say {@link HubEvent.CaughtUp}. {@code positionHash} is to be compared with it. */
    record CatchUp(Place agent, Digest positionHash) implements HubEffect {}

    /** Fence the earlier sessions of the cluster, then say {@link HubEvent.EpochOpened}. */
    record OpenEpoch(Hello hello) implements HubEffect {}

    /** The agent knows a history that this hub does not: freeze the tenant. */
    record Freeze(Place agent, String reason) implements HubEffect {}

    /** Which kinds are known otherwise here? Then say {@link HubEvent.ReportsCompared}. */
    record CompareReports(Map<ReportKind, Digest> hashes) implements HubEffect {
        public CompareReports {
            hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
        }
    }

    /** The slot is free: compile the newest bundle, then say {@link HubEvent.Compiled}. */
    record Compile() implements HubEffect {}

    /**
     * Log what must be known before this bundle may be sent: calls that begin, answers that are about to go. Then say
     * {@link HubEvent.IntentsCommitted} or {@link HubEvent.IntentsRefused}.
     */
    record CommitIntents(Target target) implements HubEffect {}

    /**
     * The agent applied this bundle but for the refused objects: log what was gained and lost by it, then say
     * {@link HubEvent.AckCommitted}.
     */
    record CommitOutcome(Target target, List<ObjectRefusal> refusals) implements HubEffect {
        public CommitOutcome {
            refusals = List.copyOf(refusals);
        }
    }

    /** Everything the cluster has of this kind; nothing is to be deleted when it is not complete. */
    record Snapshot(ReportKind kind, List<ReportItem> items, boolean complete, String incompleteReason)
            implements HubEffect {
        public Snapshot {
            items = List.copyOf(items);
        }
    }

    /** A difference of one kind, in order after everything before it. */
    record Change(ReportKind kind, List<ReportItem> puts, List<String> removals) implements HubEffect {
        public Change {
            puts = List.copyOf(puts);
            removals = List.copyOf(removals);
        }
    }

    record LiveReported(Live live) implements HubEffect {}

    record DriftReported(Drift drift) implements HubEffect {}

    /** Close the stream after what was sent. The last effect; later events have none. */
    record End(GoodbyeCode code, String reason) implements HubEffect {}
}
