package io.weft.hub.platform.log;

import io.weft.hub.platform.StorageException;
import io.weft.policy.image.LogRecord;
import java.util.List;

/** What became of one proposal. */
public sealed interface Outcome {
    /** Durable. The records of the proposal's entries, in order. */
    record Committed(List<LogRecord> records) implements Outcome {
        public Committed {
            records = List.copyOf(records);
        }
    }

    /** The revision moved or a guard was lost: catch up and decide again. */
    record Stale(Head head) implements Outcome {}

    /** An entry spoke for a session that a newer one has replaced; {@code epoch} is the newer one. */
    record Fenced(long epoch) implements Outcome {}

    /** The tenant is frozen until a person releases it. */
    record Frozen(Head head) implements Outcome {}

    /** This member alone could not be stored; the others of its group were. */
    record Failed(StorageException cause) implements Outcome {}

    /** The idempotency key was used before; nothing was appended. */
    record Repeated(Attachment.IdempotencyKey first) implements Outcome {}
}
