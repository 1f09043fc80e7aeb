package io.weft.policy.image;

import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Observed;
import io.weft.policy.image.LogEntry.Released;
import java.util.Set;
import java.util.TreeSet;

/**
 * The compare-and-set of proposals. A proposal names the position of the image that it was decided on; it is dropped
 * when any of its {@code reads} was written at a later position. A store keeps, per tenant and key, the position of the
 * last entry that wrote it. Losing a name and starting to call it conflict; two clusters that start to call do not.
 *
 * @param reads keys that must not have been written since the decision
 * @param writes keys that this entry moves
 */
public record Guards(Set<String> reads, Set<String> writes) {
    public static Guards of(LogEntry entry) {
        return switch (entry) {
            case Changed c -> new Guards(Set.of(), Set.of());
            case Observed o -> new Guards(Set.of(), Set.of());
            case Judged j -> both("judged/" + j.cluster());
            case Released r -> both("released/" + r.scope());
            case Allocated a -> both("allocated");
            case Acknowledged a -> of(a);
        };
    }

    private static Guards of(Acknowledged a) {
        Set<String> reads = new TreeSet<>();
        Set<String> writes = new TreeSet<>();
        reads.add("acknowledged/" + a.cluster());
        writes.add("acknowledged/" + a.cluster());
        for (Call call : a.callsGained()) {
            reads.add("dropping/" + call.callee());
            writes.add("called/" + call.callee());
        }
        if (!a.answersDropping().isEmpty()) reads.add("called/" + a.cluster());
        if (!a.answersDropping().isEmpty() || !a.answersLost().isEmpty()) writes.add("dropping/" + a.cluster());
        return new Guards(reads, writes);
    }

    private static Guards both(String key) {
        return new Guards(Set.of(key), Set.of(key));
    }
}
