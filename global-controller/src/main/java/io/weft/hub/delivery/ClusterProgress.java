package io.weft.hub.delivery;

import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far one cluster has come.
 *
 * @param connected whether a session is open
 * @param since when it was opened or ended, by the replica's clock; only shown
 * @param refused the newest bundle of which objects were refused; {@code refusals} tells which and why
 * @param live the newest bundle that every proxy concerned has, as the agent read from the mesh
 * @param liveReason why a bundle that is applied is not live, or cannot be read to be
 * @param drift what was found otherwise than the bundle says and left alone, by object key
 */
public record ClusterProgress(
        boolean connected,
        Instant since,
        Mark sent,
        Mark applied,
        Mark refused,
        Mark live,
        String liveReason,
        SortedMap<String, String> refusals,
        SortedMap<String, String> drift) {
    /** A bundle: where in the history it was compiled, and its version. */
    public record Mark(Place place, Digest version) {
        public static final Mark NONE = new Mark(Place.START, Digest.NONE);
    }

    public static final ClusterProgress NONE = new ClusterProgress(
            false, Instant.EPOCH, Mark.NONE, Mark.NONE, Mark.NONE, Mark.NONE, "", new TreeMap<>(), new TreeMap<>());

    static final String UNSPOKEN = "the agent has not said whether it is in force, for more than "
            + Settlement.SILENT_AFTER.toSeconds() + " s; nobody calls what is new in it before";

    public ClusterProgress {
        refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
        drift = Collections.unmodifiableSortedMap(new TreeMap<>(drift));
    }

    /** Whether what is new in the cluster waits for a word of its agent that does not come. */
    public boolean isUnspoken() {
        return liveReason.equals(UNSPOKEN);
    }

    ClusterProgress connection(boolean open, Instant at) {
        return new ClusterProgress(open, at, sent, applied, refused, live, liveReason, refusals, drift);
    }

    ClusterProgress sent(Mark mark) {
        return new ClusterProgress(connected, since, mark, applied, refused, live, liveReason, refusals, drift);
    }

    /** Applied wholly when there are no refusals. */
    ClusterProgress outcome(Mark mark, SortedMap<String, String> reasons) {
        boolean whole = reasons.isEmpty();
        boolean told = mark.version().equals(live.version()) || mark.version().equals(applied.version());
        return new ClusterProgress(
                connected,
                since,
                mark,
                whole ? mark : applied,
                whole ? Mark.NONE : mark,
                live,
                told ? liveReason : "the agent has not told yet",
                reasons,
                drift);
    }

    ClusterProgress live(Mark mark, String reason) {
        return new ClusterProgress(connected, since, sent, applied, refused, mark, reason, refusals, drift);
    }

    ClusterProgress drift(SortedMap<String, String> found) {
        return new ClusterProgress(connected, since, sent, applied, refused, live, liveReason, refusals, found);
    }
}
