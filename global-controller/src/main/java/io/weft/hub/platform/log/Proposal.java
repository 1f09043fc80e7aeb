package io.weft.hub.platform.log;

import io.weft.policy.image.LogEntry;
import java.util.List;
import java.util.OptionalLong;

/**
 * Entries that are committed together or not at all, with what was written for them.
 *
 * @param entries in order; may be empty when only attachments are to be stored
 * @param basedOn position of the image on which this was decided; what {@link io.weft.policy.image.Guards} compare with
 * @param expectedRevision the head must still have this revision; empty when the entries do not depend on it
 */
public record Proposal(
        List<LogEntry> entries, long basedOn, OptionalLong expectedRevision, List<Attachment> attachments) {
    public Proposal {
        entries = List.copyOf(entries);
        attachments = List.copyOf(attachments);
    }

    /** Entries that need no revision and carry nothing. */
    public static Proposal of(long basedOn, LogEntry... entries) {
        return new Proposal(List.of(entries), basedOn, OptionalLong.empty(), List.of());
    }
}
