package io.weft.protocol;

import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.ObjectHash;
import io.weft.protocol.v1.ObjectHashes;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.SendHashes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one slot of a session through which bundles go: compile, log the intents, send, await the outcome, log it. The
 * newest bundle wins, and one that is on its way is finished first; so a slow agent costs one bundle.
 */
final class DeliverySlot {
    /** Chunks that may wait in the transport: a slow reader holds no more than this. */
    private static final int WINDOW = 4;

    private static final int MOST_OBJECTS = 1_000_000;

    private final SessionLimits limits;
    private State state = State.IDLE;
    private boolean dirty;
    private Instant progress = Instant.EPOCH;

    /** What the agent holds: its version, and either the target it came from, or (once it said) the hashes. */
    private Digest heldVersion = Digest.NONE;

    private @Nullable Target held;
    private @Nullable Map<String, Digest> heldObjects;

    /** What the agent said at hello about what it holds; null once this session logged an outcome. */
    private @Nullable HeldState unconfirmed = HeldState.HELD_STATE_UNSPECIFIED;

    private List<ObjectRefusal> helloRefusals = List.of();
    private final SortedMap<String, Digest> arriving = new TreeMap<>();

    /** The bundle in the slot. */
    private @Nullable Target target;

    private final Deque<HubMessage> chunks = new ArrayDeque<>();

    /** The outcome of a later try of the held bundle, which came while another was being prepared. */
    private @Nullable List<ObjectRefusal> late;

    private enum State {
        IDLE,
        COMPILING,
        HASHES,
        INTENTS,
        SENDING,
        AWAITING,
        ACKING
    }

    DeliverySlot(SessionLimits limits) {
        this.limits = limits;
    }

    void agentHolds(Digest version, HeldState said, List<ObjectRefusal> refusals) {
        heldVersion = version;
        heldObjects = version.isNone() ? Map.of() : null;
        unconfirmed = said;
        helloRefusals = refusals;
    }

    void changed(List<HubEffect> out) {
        dirty = true;
        if (state == State.IDLE) next(out);
    }

    void compiled(Target compiled, Instant at, List<HubEffect> out) {
        if (state != State.COMPILING) return;
        if (compiled.version().equals(heldVersion)) {
            agentHasIt(compiled, at, out);
            return;
        }
        target = compiled;
        if (held == null && heldObjects == null) {
            enter(State.HASHES, at);
            arriving.clear();
            out.add(new HubEffect.Send(HubMessage.newBuilder()
                    .setSendHashes(SendHashes.getDefaultInstance())
                    .build()));
        } else {
            commitIntents(compiled, out);
        }
    }

    private void agentHasIt(Target compiled, Instant at, List<HubEffect> out) {
        held = compiled;
        heldObjects = null;
        if (unconfirmed == null) {
            next(out);
        } else if (unconfirmed == HeldState.HELD_STATE_APPLIED || unconfirmed == HeldState.HELD_STATE_REFUSED) {
            commitOutcome(compiled, helloRefusals, out); // its acknowledgement may have been lost
        } else {
            target = compiled;
            enter(State.AWAITING, at);
        }
    }

    void hashes(ObjectHashes message, Instant at, List<HubEffect> out) throws Violation {
        if (state != State.HASHES) throw new Violation("hashes that were not asked for");
        for (ObjectHash object : message.getObjectsList()) {
            arriving.put(object.getKey(), HubSession.digest(object.getHash()));
        }
        if (arriving.size() > MOST_OBJECTS) throw new Violation("more than " + MOST_OBJECTS + " objects");
        progress = at;
        if (!message.getLast()) return;
        heldObjects = Collections.unmodifiableSortedMap(new TreeMap<>(arriving));
        arriving.clear();
        if (dirty) compile(out);
        else commitIntents(current(), out);
    }

    private void commitIntents(Target wanted, List<HubEffect> out) {
        late = null; // the outcome of what is about to be replaced must not take back the new one's calls
        target = wanted;
        state = State.INTENTS;
        out.add(new HubEffect.CommitIntents(wanted));
    }

    void intentsRefused(List<HubEffect> out) {
        if (state == State.INTENTS) compile(out);
    }

    void intentsCommitted(Instant at, List<HubEffect> out) {
        if (state != State.INTENTS) return;
        Target wanted = current();
        Difference difference =
                held != null ? wanted.from(held) : wanted.from(heldObjects == null ? Map.of() : heldObjects);
        chunks.addAll(Chunks.of(wanted, heldVersion, difference, limits.chunkBytes()));
        enter(State.SENDING, at);
        for (int i = 0; i < WINDOW; i++) sendNext(out);
    }

    void sent(Instant at, List<HubEffect> out) {
        if (state != State.SENDING && state != State.AWAITING) return;
        progress = at;
        sendNext(out);
    }

    private void sendNext(List<HubEffect> out) {
        HubMessage chunk = chunks.poll();
        if (chunk != null) out.add(new HubEffect.Send(chunk));
        if (chunks.isEmpty() && state == State.SENDING) state = State.AWAITING;
    }

    void outcome(Digest version, List<ObjectRefusal> refusals, Instant at, List<HubEffect> out) {
        progress = at;
        if (state == State.AWAITING && version.equals(current().version())) {
            commitOutcome(current(), refusals, out);
        } else if (held != null && version.equals(heldVersion)) {
            laterTry(refusals, out);
        } else if (unconfirmed != null && version.equals(heldVersion)) {
            unconfirmed = refusals.isEmpty() ? HeldState.HELD_STATE_APPLIED : HeldState.HELD_STATE_REFUSED;
            helloRefusals = refusals; // as if the hello had known
        }
        // else it is of a bundle that this session does not know: the outcome of the next one covers it
    }

    private void laterTry(List<ObjectRefusal> refusals, List<HubEffect> out) {
        switch (state) {
            case IDLE -> commitOutcome(held(), refusals, out);
            case COMPILING, HASHES, ACKING -> late = refusals;
            case INTENTS, SENDING, AWAITING -> {} // the next outcome covers it
        }
    }

    private void commitOutcome(Target applied, List<ObjectRefusal> refusals, List<HubEffect> out) {
        held = applied;
        heldObjects = null;
        heldVersion = applied.version();
        unconfirmed = null;
        target = null;
        state = State.ACKING;
        out.add(new HubEffect.CommitOutcome(applied, refusals));
    }

    void ackCommitted(List<HubEffect> out) {
        if (state == State.ACKING) next(out);
    }

    /** The slot is free. */
    private void next(List<HubEffect> out) {
        state = State.IDLE;
        List<ObjectRefusal> refusals = late;
        late = null;
        if (refusals != null && held != null) commitOutcome(held, refusals, out);
        else if (dirty) compile(out);
    }

    private void compile(List<HubEffect> out) {
        dirty = false;
        state = State.COMPILING;
        out.add(new HubEffect.Compile());
    }

    boolean stuck(Instant now) {
        return switch (state) {
            case IDLE, COMPILING, INTENTS, ACKING -> false; // waits for nobody, or for the hub itself
            case HASHES, SENDING, AWAITING -> Duration.between(progress, now).compareTo(limits.progress()) >= 0;
        };
    }

    private void enter(State next, Instant at) {
        state = next;
        progress = at;
    }

    private Target current() {
        if (target == null) throw new IllegalStateException("no bundle in the slot");
        return target;
    }

    private Target held() {
        if (held == null) throw new IllegalStateException("the agent holds no bundle that is known here");
        return held;
    }
}
