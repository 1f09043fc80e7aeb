package io.weft.hub.world;

import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Groups the appends of one tenant. Whoever comes while an append is under way waits in line; the first of those to get
 * the turn decides for all of them on one image and appends them together. At most one of a group moves the revision,
 * since each such must be decided after the other.
 */
final class Appender {
    private static final int MOST_TRIES = 50;
    private static final int MOST_MEMBERS = 256;

    private final LogStore store;
    private final TenantReplica replica;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Waiting<?>> line = new ArrayDeque<>();

    Appender(LogStore store, TenantReplica replica) {
        this.store = store;
        this.replica = replica;
    }

    /** One proposal in line. Everything but {@code decide} is guarded by the turn. */
    private static final class Waiting<T> {
        final Function<TenantImage, Decision<T>> decide;
        int tries;

        @Nullable
        Decision<T> decision;

        @Nullable
        Decided<T> decided;

        @Nullable
        RuntimeException failure;

        Waiting(Function<TenantImage, Decision<T>> decide) {
            this.decide = decide;
        }

        boolean done() {
            return decided != null || failure != null;
        }

        /** Answers what is to be appended, or null when this is done. */
        @Nullable
        Proposal decide(TenantImage image) {
            tries++;
            try {
                Decision<T> made = decide.apply(image);
                decision = made;
                if (made.proposal() == null) decided = new Decided<>(made.answer(), new Outcome.Committed(List.of()));
                return made.proposal();
            } catch (RuntimeException thrown) {
                failure = thrown;
                return null;
            }
        }

        /** Leaves this undone when it was overtaken. */
        void settle(Outcome outcome, TenantReplica replica) {
            switch (outcome) {
                case Outcome.Stale stale -> {
                    if (tries >= MOST_TRIES) failure = new ContendedException(replica.tenant(), tries);
                }
                case Outcome.Failed failed -> failure = failed.cause();
                case Outcome.Committed c -> answer(c);
                case Outcome.Fenced f -> answer(f);
                case Outcome.Frozen f -> answer(f);
                case Outcome.Repeated r -> answer(r);
            }
        }

        private void answer(Outcome outcome) {
            if (decision == null) throw new IllegalStateException("nothing was decided");
            decided = new Decided<>(decision.answer(), outcome);
        }

        Decided<T> result() {
            if (failure != null) throw failure;
            if (decided == null) throw new IllegalStateException("not done");
            return decided;
        }
    }

    <T> Decided<T> propose(Function<TenantImage, Decision<T>> decide) {
        Waiting<T> mine = new Waiting<>(decide);
        synchronized (line) {
            line.add(mine);
        }
        turn.lock();
        try {
            while (!mine.done()) appendGroup();
        } finally {
            turn.unlock();
        }
        return mine.result();
    }

    private void appendGroup() {
        List<Waiting<?>> members = new ArrayList<>();
        List<Waiting<?>> later = new ArrayList<>();
        List<Proposal> group = new ArrayList<>();
        TenantImage image = replica.image();
        boolean revisionMoves = false;
        for (Waiting<?> waiting : take()) {
            Proposal proposal = waiting.decide(image);
            if (proposal == null) continue;
            boolean moves = movesRevision(proposal);
            if (moves && revisionMoves) {
                waiting.tries--;
                later.add(waiting);
                continue;
            }
            revisionMoves |= moves;
            members.add(waiting);
            group.add(proposal);
        }
        putBack(later);
        if (!group.isEmpty()) append(members, group);
    }

    private void append(List<Waiting<?>> members, List<Proposal> group) {
        try {
            List<Outcome> outcomes = store.append(replica.tenant(), group);
            boolean overtaken = false;
            List<LogRecord> records = new ArrayList<>();
            List<Waiting<?>> undone = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Waiting<?> member = members.get(i);
                Outcome outcome = outcomes.get(i);
                if (outcome instanceof Outcome.Committed committed) records.addAll(committed.records());
                overtaken |= outcome instanceof Outcome.Stale;
                member.settle(outcome, replica);
                if (!member.done()) undone.add(member);
            }
            putBack(undone);
            if (!records.isEmpty()) replica.replay(records);
            if (overtaken) replica.catchUp();
        } catch (RuntimeException failure) {
            fail(members, failure);
        }
    }

    /** Nobody knows what was stored: each decides for itself what to do, after reading the log. */
    private void fail(List<Waiting<?>> members, RuntimeException failure) {
        if (failure instanceof StorageException) {
            try {
                replica.catchUp();
            } catch (RuntimeException stillAway) {
                failure.addSuppressed(stillAway);
                // Whoever waits would wait as long, one after the other; nothing of theirs was tried.
                if (stillAway instanceof StorageException) failWaiting(failure);
            }
        }
        for (Waiting<?> member : members) {
            if (!member.done()) member.failure = failure;
        }
        synchronized (line) {
            line.removeIf(Waiting::done);
        }
    }

    private void failWaiting(RuntimeException failure) {
        synchronized (line) {
            line.forEach(waiting -> waiting.failure = failure);
            line.clear();
        }
    }

    private static boolean movesRevision(Proposal proposal) {
        return proposal.expectedRevision().isPresent()
                || proposal.entries().stream().anyMatch(LogEntry.Changed.class::isInstance);
    }

    private List<Waiting<?>> take() {
        synchronized (line) {
            List<Waiting<?>> taken = new ArrayList<>();
            while (taken.size() < MOST_MEMBERS && !line.isEmpty()) taken.add(line.poll());
            return taken;
        }
    }

    private void putBack(List<Waiting<?>> undone) {
        synchronized (line) {
            for (int i = undone.size() - 1; i >= 0; i--) line.addFirst(undone.get(i));
        }
    }
}
