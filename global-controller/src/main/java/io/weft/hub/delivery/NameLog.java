package io.weft.hub.delivery;

import io.weft.hub.delivery.Acknowledgements.Intents;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decided;
import io.weft.hub.world.Decision;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.HubEvent;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.ObjectRefusal;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Logs which names a cluster begins to call and stops to answer before it hears of it, and which it answers and calls no
 * more once that is in force: {@link Acknowledgements} says what, {@link Settlement} when. Of one session; one caller at
 * a time, but for what it gives to {@link Session#later}.
 */
final class NameLog {
    /** Of the session. */
    interface Session {
        /** 0 before it was opened. */
        long epoch();

        void step(HubEvent event);

        /** Runs what blocks, in order; again while storage is away and whenever it answers false. */
        void later(SerialQueue.Task task);

        void fail(GoodbyeCode code, String reason);
    }

    private final ClusterDelivery.World world;
    private final TenantId tenant;
    private final ClusterName cluster;
    private final Session session;
    private final Settlement settlement;

    NameLog(ClusterDelivery.World world, ClusterName cluster, Session session) {
        this.world = world;
        this.tenant = world.replica().tenant();
        this.cluster = cluster;
        this.session = session;
        this.settlement = new Settlement(world.limits());
    }

    /** @param live whether the agent reads from the mesh what is in force */
    void agentReads(boolean live) {
        settlement.agentReads(live);
    }

    void heard(Live live) {
        settlement.heard(live);
        settle();
    }

    /** About once a second: what waited may have waited long enough. */
    void tick() {
        settle();
        if (settlement.unspoken(now())) world.progress().unspoken(tenant, cluster);
    }

    private Instant now() {
        return world.clock().instant();
    }

    /** Before it is sent; what needs no storage is answered at once, into {@code due}. */
    void intents(BundleTarget target, Deque<HubEvent> due) {
        settlement.superseded();
        if (Acknowledgements.intents(world.replica().image(), target.compiled(), session.epoch())
                        instanceof Intents.Log(Optional<Acknowledged> entry)
                && entry.isEmpty()) {
            world.progress().sent(tenant, cluster, target);
            due.add(new HubEvent.IntentsCommitted(now()));
        } else {
            session.later(() -> logIntents(target));
        }
    }

    /** Not done when the newest image does not allow what was compiled from it: only a further entry can help. */
    private boolean logIntents(BundleTarget target) {
        Decided<Boolean> decided = world.replica()
                .propose(image -> switch (Acknowledgements.intents(image, target.compiled(), session.epoch())) {
                    case Intents.Log log -> decision(image, log.entry(), true);
                    case Intents.Outdated outdated -> Decision.nothing(false);
                });
        if (!went(decided.outcome())) return true;
        if (decided.answer()) {
            world.progress().sent(tenant, cluster, target);
            session.step(new HubEvent.IntentsCommitted(now()));
            return true;
        }
        if (world.replica().image().position() == target.place().position()) return false;
        session.step(new HubEvent.IntentsRefused(now()));
        return true;
    }

    /** After it was applied, but for what was refused. */
    void outcome(BundleTarget target, List<ObjectRefusal> refusals, Deque<HubEvent> due) {
        world.progress().applied(tenant, cluster, target, refusals);
        settlement.applied(target.version(), refusals);
        Optional<Acknowledged> entry =
                Acknowledgements.outcome(world.replica().image(), target.compiled(), refusals, session.epoch());
        if (entry.isEmpty()) {
            due.add(new HubEvent.AckCommitted(now()));
        } else if (Acknowledgements.movesNames(entry.get())) {
            settlement.await(target, refusals, now());
            settle();
        } else {
            session.later(() -> logOutcome(target, refusals, true));
        }
    }

    /** Logs the outcome that waits, if it need not wait any longer. */
    private void settle() {
        Settlement.Waiting waiting = settlement.waiting();
        Settlement.Verdict verdict = settlement.verdict(now());
        if (waiting == null || verdict == Settlement.Verdict.WAIT) return;
        boolean late = settlement.onlyGains();
        settlement.logged(verdict);
        if (late) {
            session.later(() -> logGains(waiting));
        } else {
            boolean gains = verdict == Settlement.Verdict.ALL;
            session.later(() -> logOutcome(waiting.target(), waiting.refusals(), gains));
        }
    }

    private boolean logOutcome(BundleTarget target, List<ObjectRefusal> refusals, boolean gains) {
        if (logged(image -> {
            var entry = Acknowledgements.outcome(image, target.compiled(), refusals, session.epoch());
            return gains ? entry : entry.flatMap(Acknowledgements::withoutGains);
        })) session.step(new HubEvent.AckCommitted(now()));
        return true;
    }

    /** Nothing was sent since, so that the bundle is still what the cluster has. */
    private boolean logGains(Settlement.Waiting waiting) {
        logged(image ->
                Acknowledgements.outcome(image, waiting.target().compiled(), waiting.refusals(), session.epoch()));
        return true;
    }

    private boolean logged(Function<TenantImage, Optional<Acknowledged>> entry) {
        return went(world.replica()
                .propose(image -> decision(image, entry.apply(image), true))
                .outcome());
    }

    private static Decision<Boolean> decision(TenantImage image, Optional<Acknowledged> entry, boolean answer) {
        return new Decision<>(entry.map(e -> Proposal.of(image.position(), e)).orElse(null), answer);
    }

    private boolean went(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed c -> true;
            case Outcome.Fenced f -> {
                session.fail(GoodbyeCode.GOODBYE_CODE_REPLACED, "a newer session of the cluster took over");
                yield false;
            }
            case Outcome.Frozen f -> {
                session.fail(GoodbyeCode.GOODBYE_CODE_FROZEN, "the tenant is frozen until a person releases it");
                yield false;
            }
            case Outcome.Stale s -> throw new IllegalStateException("a stale proposal is decided again");
            case Outcome.Failed f -> throw f.cause();
            case Outcome.Repeated r -> throw new IllegalStateException("no key was given");
        };
    }
}
