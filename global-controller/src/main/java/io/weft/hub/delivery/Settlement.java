package io.weft.hub.delivery;

import io.weft.protocol.Digest;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.ObjectRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the names of an applied bundle may be counted on. What the API server holds is not yet what proxies do: a gateway
 * that was not pushed yet resets a name that it will answer a moment later, and callers use for a moment a name that was
 * taken from them. So names are gained and lost only once the mesh has them in force, or, where nobody can read that,
 * after a wait that is longer than the mesh's own. Of one session; one caller at a time.
 */
final class Settlement {
    enum Verdict {
        WAIT,
        /** Everything is in force, or nobody can tell and enough time went by. */
        ALL,
        /** Somebody has not answered for too long: what goes is let go, what comes is not counted on. */
        WITHOUT_GAINS
    }

    /** An outcome that waits to be logged. */
    record Waiting(BundleTarget target, List<ObjectRefusal> refusals, Instant since) {}

    /** An agent that can read the mesh says something of each bundle well before. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(60);

    private final SessionLimits limits;
    private boolean readsLive;
    private Digest inForce = Digest.NONE;
    private Digest unreadable = Digest.NONE;
    private Digest atGateways = Digest.NONE;
    private Digest told = Digest.NONE;
    private @Nullable Waiting waiting;
    private boolean lateGains;
    private Digest refused = Digest.NONE;

    Settlement(SessionLimits limits) {
        this.limits = limits;
    }

    /** @param live whether the agent reads from the mesh what is in force */
    void agentReads(boolean live) {
        readsLive = live;
    }

    /** A newer bundle is about to go: what the older one brought is the newer one's business. */
    void superseded() {
        waiting = null;
        lateGains = false;
    }

    /** Every outcome, also one that waits for nothing. What was in force of a bundle does not tell of later tries. */
    void applied(Digest version, List<ObjectRefusal> refusals) {
        if (version.equals(refused)) {
            inForce = Digest.NONE;
            atGateways = Digest.NONE;
            told = Digest.NONE;
        }
        refused = refusals.isEmpty() ? Digest.NONE : version;
    }

    void await(BundleTarget target, List<ObjectRefusal> refusals, Instant now) {
        waiting = new Waiting(target, refusals, now);
        lateGains = false;
    }

    void heard(Live live) {
        Digest version = new Digest(live.getVersion());
        told = version;
        if (live.getState() == LiveState.LIVE_STATE_LIVE) inForce = version;
        if (live.getState() == LiveState.LIVE_STATE_UNREADABLE) unreadable = version;
        boolean waiting =
                live.getState() == LiveState.LIVE_STATE_WAITING || live.getState() == LiveState.LIVE_STATE_REJECTED;
        if (waiting)
            atGateways = live.getGatewaysWaiting() == 0 && live.getReason().isEmpty() ? version : Digest.NONE;
    }

    @Nullable
    Waiting waiting() {
        return waiting;
    }

    /** Whether only the gains are still to be logged; the session went on without them. */
    boolean onlyGains() {
        return lateGains;
    }

    /** Whether names wait for a word of an agent that says it can give it, and has given none for too long. */
    boolean unspoken(Instant now) {
        Waiting current = waiting;
        return current != null
                && readsLive
                && current.refusals().isEmpty()
                && !current.target().version().equals(told)
                && Duration.between(current.since(), now).compareTo(SILENT_AFTER) >= 0;
    }

    Verdict verdict(Instant now) {
        Waiting current = waiting;
        if (current == null) return Verdict.WAIT;
        Digest version = current.target().version();
        Duration waited = Duration.between(current.since(), now);
        if (version.equals(inForce)) return Verdict.ALL;
        // Of a bundle that was applied in part nobody says that it is in force.
        if (!readsLive || version.equals(unreadable) || !current.refusals().isEmpty()) {
            return waited.compareTo(limits.settle()) >= 0 ? Verdict.ALL : Verdict.WAIT;
        }
        if (waited.compareTo(limits.longestSettle()) < 0) return Verdict.WAIT;
        // A sidecar that hangs is no reason not to be called.
        if (version.equals(atGateways)) return Verdict.ALL;
        return lateGains ? Verdict.WAIT : Verdict.WITHOUT_GAINS;
    }

    /** All is logged, or all but the gains. */
    void logged(Verdict how) {
        lateGains = how == Verdict.WITHOUT_GAINS;
        if (!lateGains) waiting = null;
    }
}
