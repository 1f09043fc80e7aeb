package io.weft.agent;

import io.weft.agent.apply.Enforcement;
import io.weft.agent.apply.Enforcement.Round;
import io.weft.agent.memory.Memory;
import io.weft.agent.memory.StoredBundle;
import io.weft.agent.platform.Mailbox;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentEvent;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.AgentSession;
import io.weft.protocol.Digest;
import io.weft.protocol.Held;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.Transfer;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Drift;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent without threads, network or Kubernetes: one session after the other, the held bundle, and its enforcement.
 * Two queues, which may share one executor: one talks and never blocks, the other saves and applies. Every method may be
 * called from any thread and returns at once.
 */
public final class AgentCore {
    /** A stream to the hub. Called from the talking queue only. */
    public interface Outbound {
        void send(AgentMessage message);

        /** The session is over: close the stream. */
        void end(AgentEffect.End end);
    }

    /** What the core is made of. */
    public record Parts(
            AgentIdentity identity,
            SessionLimits limits,
            Memory memory,
            Enforcement enforcement,
            Inventory inventory,
            InstantSource clock) {}

    /** Hears what happens, for metrics, logs and the measuring of what is live. Called from the working queue. */
    public interface Listener {
        Listener NONE = new Listener() {};

        /** The bundle changed, and is about to be applied. */
        default void applying(StoredBundle bundle) {}

        /** The bundle was applied, wholly or in part. */
        default void enforced(StoredBundle bundle, Round round) {}

        default void loadFailed(String reason) {}

        /** The hub answered. Called from the talking queue. */
        default void welcomed(AgentEffect.Welcomed welcomed) {}
    }

    private static final Duration PRUNING_CONFIRMED_AFTER = Duration.ofMinutes(10);

    private final Parts parts;
    private final Listener listener;
    private final Mailbox talk;
    private final Mailbox work;

    // Of the talking queue.
    private @Nullable AgentSession session;
    private @Nullable Outbound out;

    // Of the working queue.
    private StoredBundle bundle = StoredBundle.NOTHING;
    private boolean loaded;
    private @Nullable Change unapplied;
    private boolean distrusted;
    private long sessions;
    private @Nullable Instant heldBackSince;
    private long heldBackSession;
    private List<ObjectRefusal> refusals = List.of();
    private HeldState state = HeldState.HELD_STATE_PENDING;

    public AgentCore(Parts parts, Executor talkOn, Executor workOn, Listener listener) {
        this.parts = parts;
        this.listener = listener;
        this.talk = new Mailbox(talkOn);
        this.work = new Mailbox(workOn);
    }

    /** Loads the held bundle and brings the cluster to it, hub or no hub. */
    public void start() {
        work.execute(this::load);
    }

    private boolean load() {
        if (loaded) return true;
        StoredBundle before = bundle;
        try {
            bundle = parts.memory().load();
            loaded = true;
            state = HeldState.HELD_STATE_PENDING;
            refusals = List.of();
        } catch (IOException e) {
            listener.loadFailed(String.valueOf(e.getMessage()));
            return false;
        }
        if (!bundle.version().isNone()) {
            Set<ObjectKey> removed = Change.between(before, bundle).removed();
            listener.applying(bundle);
            told(parts.enforcement().replace(bundle.objects(), bundle.objects().keySet(), removed));
        }
        return true;
    }

    /** A stream was opened; the session before it, if any, is forgotten. */
    public void connected(Outbound stream) {
        work.execute(() -> {
            boolean ready = load();
            sessions++;
            Held held = held();
            talk.execute(() -> {
                session = null;
                out = stream;
                if (!ready) {
                    end(new AgentEffect.End(
                            GoodbyeCode.GOODBYE_CODE_UNAVAILABLE, "the held bundle cannot be read", 0, ""));
                    return;
                }
                session = new AgentSession(parts.identity(), held, parts.limits());
                on(new AgentEvent.Connected(now(), parts.inventory().hashes()));
            });
            applyUnfinished();
        });
    }

    /** What a bundle that was saved differs in from the one before. */
    private record Change(Set<ObjectKey> changed, Set<ObjectKey> removed) {
        static Change between(StoredBundle before, StoredBundle now) {
            Set<ObjectKey> changed = new TreeSet<>();
            now.objects().forEach((key, object) -> {
                if (!object.equals(before.objects().get(key))) changed.add(key);
            });
            Set<ObjectKey> removed = new TreeSet<>(before.objects().keySet());
            removed.removeAll(now.objects().keySet());
            return new Change(changed, removed);
        }
    }

    private Held held() {
        if (bundle.version().isNone()) return Held.NOTHING;
        Held held = bundle.held();
        if (distrusted) return held.unknown();
        return new Held(held.place(), held.positionHash(), held.version(), state, refusals, held.objects());
    }

    public void received(HubMessage message) {
        talk.execute(() -> on(new AgentEvent.Received(now(), message)));
    }

    /** The stream is gone; nothing happens when another took its place. */
    public void disconnected(Outbound stream) {
        talk.execute(() -> {
            if (out != stream) return;
            session = null;
            out = null;
        });
    }

    /** Time went by; about once a second. */
    public void tick() {
        talk.execute(() -> on(new AgentEvent.Tick(now())));
        work.execute(this::tryAgain);
    }

    /** Differences of one kind since it was reported last. */
    public void observed(ReportKind kind, List<ReportItem> puts, List<String> removals) {
        talk.execute(() -> on(new AgentEvent.Observed(now(), kind, puts, removals)));
    }

    /** Whether a kind can be listed changed. */
    public void relist(ReportKind kind) {
        talk.execute(() -> list(kind));
    }

    public void live(Live live) {
        talk.execute(() -> on(new AgentEvent.LiveRead(now(), live)));
    }

    /** Something happened to these objects; most often we did it ourselves. */
    public void suspect(Collection<ObjectKey> keys) {
        Set<ObjectKey> suspects = new TreeSet<>(keys);
        work.execute(() -> {
            if (!load() || bundle.version().isNone()) return;
            Set<ObjectKey> deviating = parts.enforcement().deviating(suspects);
            if (!deviating.isEmpty()) told(parts.enforcement().correct(deviating));
        });
    }

    /** Claims of users changed: what was in force may be in conflict, and the other way round. */
    public void claimsChanged() {
        work.execute(() -> {
            if (load() && !bundle.version().isNone()) told(parts.enforcement().whole(false));
        });
    }

    private void tryAgain() {
        if (!load()) return;
        applyUnfinished();
        if (bundle.version().isNone() || now().isBefore(parts.enforcement().due())) return;
        told(parts.enforcement().again(pruningConfirmed()));
    }

    /** What would remove too much waits until a later session still wants it, some time after. */
    private boolean pruningConfirmed() {
        return heldBackSince != null
                && sessions > heldBackSession
                && !now().isBefore(heldBackSince.plus(PRUNING_CONFIRMED_AFTER));
    }

    private void on(AgentEvent event) {
        if (session != null) on(session, event);
    }

    /** An answer to a session that is over meanwhile must not reach the one after it. */
    private void on(AgentSession asked, AgentEvent event) {
        if (asked != session) return;
        for (AgentEffect effect : asked.on(event)) effect(asked, effect);
    }

    private void effect(AgentSession asked, AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Send send -> {
                if (out != null) out.send(send.message());
            }
            case AgentEffect.Welcomed welcomed -> listener.welcomed(welcomed);
            case AgentEffect.Verify verify -> work.execute(() -> verify(asked, verify.transfer()));
            case AgentEffect.Persist persist -> work.execute(() -> persist(asked, persist.transfer()));
            case AgentEffect.Apply apply -> work.execute(this::applyUnfinished);
            case AgentEffect.TakeSnapshot snapshot -> snapshot.kinds().forEach(this::list);
            case AgentEffect.End end -> end(end);
        }
    }

    private void end(AgentEffect.End end) {
        Outbound stream = out;
        session = null;
        out = null;
        if (stream != null) stream.end(end);
    }

    private void list(ReportKind kind) {
        if (session == null) return;
        Inventory.Listing listing = parts.inventory().list(kind);
        on(new AgentEvent.Listed(now(), kind, listing.items(), listing.incompleteReason()));
    }

    private void verify(AgentSession asked, Transfer transfer) {
        Digest found;
        try {
            found = bundle.after(transfer).found();
        } catch (IllegalArgumentException e) {
            found = Digest.NONE;
        }
        distrusted = !found.equals(transfer.version());
        AgentEvent answer = !distrusted ? new AgentEvent.Verified(now()) : new AgentEvent.VersionDiffers(now(), found);
        talk.execute(() -> on(asked, answer));
    }

    private void persist(AgentSession asked, Transfer transfer) {
        AgentEvent answer;
        try {
            StoredBundle next = bundle.after(transfer);
            parts.memory().save(next);
            unapplied = Change.between(bundle, next);
            bundle = next;
            state = HeldState.HELD_STATE_PENDING;
            refusals = List.of();
            answer = new AgentEvent.Persisted(now());
        } catch (IOException e) {
            loaded = false; // nobody knows what is there now: look before the next session
            answer = new AgentEvent.PersistFailed(now(), String.valueOf(e.getMessage()));
        }
        AgentEvent persisted = answer;
        talk.execute(() -> on(asked, persisted));
    }

    /** Also when the session broke between saving and applying. */
    private void applyUnfinished() {
        Change change = unapplied;
        if (change == null) return;
        unapplied = null;
        listener.applying(bundle);
        told(parts.enforcement().replace(bundle.objects(), change.changed(), change.removed()));
    }

    /** Says what became of the bundle, when that is news or was asked for. */
    private void told(Round round) {
        HeldState before = state;
        List<ObjectRefusal> refusedBefore = refusals;
        refusals = round.refusals();
        state = refusals.isEmpty() ? HeldState.HELD_STATE_APPLIED : HeldState.HELD_STATE_REFUSED;
        noteHeldBack();
        listener.enforced(bundle, round);
        Digest version = bundle.version();
        talk.execute(() -> {
            if (before == HeldState.HELD_STATE_PENDING || !refusedBefore.equals(round.refusals())) {
                on(new AgentEvent.Outcome(now(), version, round.tally(), round.refusals()));
            }
            if (!round.drift().isEmpty()) {
                Drift drift = Drift.newBuilder().addAllItems(round.drift()).build();
                on(new AgentEvent.DriftFound(now(), drift));
            }
        });
    }

    private void noteHeldBack() {
        boolean heldBack = refusals.stream().anyMatch(refusal -> refusal.getCode() == RefusalCode.REFUSAL_CODE_HELD);
        if (!heldBack) heldBackSince = null;
        else if (heldBackSince == null) {
            heldBackSince = now();
            heldBackSession = sessions;
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }

    /** For tests and pages of state: runs with the bundle that is held, once all work before it is done. */
    public void inspect(Consumer<StoredBundle> reader) {
        work.execute(() -> reader.accept(bundle));
    }
}
