package io.weft.hub.platform.log;

import io.weft.policy.image.Guards;
import io.weft.policy.image.LogCodec;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.LogRecord;
import io.weft.policy.model.ClusterName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides, under the lock of a tenant's head, what becomes of each member of a group. Shared by both stores; touches
 * neither of them.
 */
final class GroupAppend {
    /** What the store keeps of the keys that the group {@linkplain Asked asks} for. Absent: never written. */
    record Known(
            Map<ClusterName, Long> epochs, Map<String, Long> guards, Map<String, Attachment.IdempotencyKey> keys) {}

    /** What has to be known to decide. */
    record Asked(Set<ClusterName> epochs, Set<String> guards, Set<String> keys) {
        boolean isEmpty() {
            return epochs.isEmpty() && guards.isEmpty() && keys.isEmpty();
        }
    }

    private final Head start;
    private final Instant time;
    private final Known known;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<LogRecord> records = new ArrayList<>();
    private final Map<String, Long> moved = new TreeMap<>();
    private final Map<String, Attachment.IdempotencyKey> remembered = new TreeMap<>();
    private Head head;

    private GroupAppend(Head head, Instant time, Known known) {
        this.start = head;
        this.head = head;
        this.time = time;
        this.known = known;
    }

    /** Guards need no look when nothing was appended since the decision. */
    static Asked asks(Head head, List<Proposal> group) {
        Asked asked = new Asked(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (Proposal proposal : group) {
            for (LogEntry entry : proposal.entries()) {
                session(entry).ifPresent(session -> asked.epochs().add(session.cluster()));
                if (proposal.basedOn() < head.position())
                    asked.guards().addAll(Guards.of(entry).reads());
            }
            for (Attachment attachment : proposal.attachments()) {
                if (attachment instanceof Attachment.IdempotencyKey key)
                    asked.keys().add(key.key());
            }
        }
        return asked;
    }

    static GroupAppend decide(Head head, Instant time, List<Proposal> group, Known known) {
        GroupAppend append = new GroupAppend(head, time, known);
        for (Proposal proposal : group) append.outcomes.add(append.member(proposal));
        return append;
    }

    /** In the order of the group. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** All that is to be committed, in order. */
    List<LogRecord> records() {
        return records;
    }

    /** The position that each written guard key now has. */
    Map<String, Long> moved() {
        return moved;
    }

    Map<String, Attachment.IdempotencyKey> remembered() {
        return remembered;
    }

    Head head() {
        return head;
    }

    boolean commitsAnything() {
        return outcomes.stream().anyMatch(Outcome.Committed.class::isInstance);
    }

    private Outcome member(Proposal proposal) {
        if (head.frozen()) return new Outcome.Frozen(start);
        Optional<Attachment.IdempotencyKey> first = repeated(proposal);
        if (first.isPresent()) return new Outcome.Repeated(first.get());
        for (LogEntry entry : proposal.entries()) {
            Optional<Session> session = session(entry);
            if (session.isPresent()) {
                long epoch = known.epochs().getOrDefault(session.get().cluster(), 0L);
                if (epoch != session.get().epoch()) return new Outcome.Fenced(epoch);
            }
        }
        if (stale(proposal)) return new Outcome.Stale(head);
        return commit(proposal);
    }

    private Optional<Attachment.IdempotencyKey> repeated(Proposal proposal) {
        for (Attachment attachment : proposal.attachments()) {
            if (attachment instanceof Attachment.IdempotencyKey key) {
                Attachment.IdempotencyKey first =
                        remembered.getOrDefault(key.key(), known.keys().get(key.key()));
                if (first != null) return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    private boolean stale(Proposal proposal) {
        if (proposal.basedOn() > head.position()) return true;
        if (proposal.expectedRevision().isPresent()
                && proposal.expectedRevision().getAsLong() != head.revision()) return true;
        long revision = head.revision();
        for (LogEntry entry : proposal.entries()) {
            if (entry instanceof Changed changed && changed.revision() != ++revision) return true;
            for (String key : Guards.of(entry).reads()) {
                if (lastMoved(key) > proposal.basedOn()) return true;
            }
        }
        return false;
    }

    private long lastMoved(String key) {
        return moved.getOrDefault(key, known.guards().getOrDefault(key, 0L));
    }

    private Outcome commit(Proposal proposal) {
        List<LogRecord> committed = new ArrayList<>();
        for (LogEntry entry : proposal.entries()) {
            LogRecord record = LogCodec.seal(head.position() + 1, head.hash(), time, entry);
            long revision = entry instanceof Changed changed ? changed.revision() : head.revision();
            head = new Head(head.tenant(), head.incarnation(), record.position(), record.hash(), revision, false);
            for (String key : Guards.of(entry).writes()) moved.put(key, record.position());
            committed.add(record);
        }
        records.addAll(committed);
        for (Attachment attachment : proposal.attachments()) {
            if (attachment instanceof Attachment.IdempotencyKey key) remembered.put(key.key(), key);
        }
        return new Outcome.Committed(committed);
    }

    private record Session(ClusterName cluster, long epoch) {}

    private static Optional<Session> session(LogEntry entry) {
        return switch (entry) {
            case Observed o -> Optional.of(new Session(o.cluster(), o.epoch()));
            case Acknowledged a -> Optional.of(new Session(a.cluster(), a.epoch()));
            case Changed c -> Optional.empty();
            case Judged j -> Optional.empty();
            case Released r -> Optional.empty();
            case Allocated a -> Optional.empty();
        };
    }
}
