package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change what a cluster should have. An entry of a type that a replica does not know stops that
 * replica for the tenant; it is never skipped. All collections are sorted, so that equal entries have equal bytes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LogEntry.Changed.class, name = "Changed"),
    @JsonSubTypes.Type(value = LogEntry.Observed.class, name = "Observed"),
    @JsonSubTypes.Type(value = LogEntry.Acknowledged.class, name = "Acknowledged"),
    @JsonSubTypes.Type(value = LogEntry.Judged.class, name = "Judged"),
    @JsonSubTypes.Type(value = LogEntry.Released.class, name = "Released"),
    @JsonSubTypes.Type(value = LogEntry.Allocated.class, name = "Allocated"),
})
public sealed interface LogEntry {
    /**
     * A revision: resources put (each with its new metadata) and deleted, and the membership of global namespaces where
     * it changed.
     *
     * @param revision one more than the head's before it
     * @param by who; {@code system} when only membership changed because the inventory did
     */
    record Changed(
            long revision,
            String by,
            List<Resource> puts,
            SortedSet<ResourceKey> tombstones,
            SortedMap<GnsName, SortedSet<Member>> memberships)
            implements LogEntry {}

    /** The facts of one cluster changed. Checked against the cluster's epoch under the head's lock. */
    record Observed(ClusterName cluster, long epoch, FactChange change) implements LogEntry {}

    /**
     * What one cluster answers and may call. Checked against the cluster's epoch under the head's lock, and
     * compare-and-set by {@link Guards}. The order that keeps every call answered: {@code callsGained} and
     * {@code answersDropping} are committed <em>before</em> the bundle that has them so is sent; {@code answersGained},
     * {@code answersLost} and {@code callsLost} after the agent has applied it.
     *
     * @param answersDropping names that stay acknowledged but may not be called any more; about to be removed
     * @param answersLost names that were dropping (or proved missing) and are gone
     * @param refusals objects that the cluster could not apply, and why; replaces the earlier reason
     */
    record Acknowledged(
            ClusterName cluster,
            long epoch,
            SortedSet<GatewayName> answersGained,
            SortedSet<GatewayName> answersDropping,
            SortedSet<GatewayName> answersLost,
            SortedSet<Call> callsGained,
            SortedSet<Call> callsLost,
            SortedMap<String, String> refusals,
            SortedSet<String> refusalsCleared)
            implements LogEntry {}

    /**
     * A judgement about one cluster: its liveness, or the brake (facts that would remove much are held back).
     *
     * @param liveness null when this is about the brake
     * @param braked null when this is about liveness; else whether the brake is on
     */
    record Judged(
            ClusterName cluster,
            @Nullable Liveness liveness,
            @Nullable Boolean braked,
            String reason) implements LogEntry {
        public Judged {
            if (liveness == null && braked == null) {
                throw new IllegalArgumentException("judgement: none (expected: liveness, the brake, or both)");
            }
        }
    }

    /**
     * Clusters get a revision of a scope. Compare-and-set by {@link Guards}.
     *
     * @param base the revision of every cluster that {@code clusters} does not name; null: unchanged. A new base drops
     *     all exceptions that are not named again
     */
    record Released(Scope scope, @Nullable Long base, SortedMap<ClusterName, Long> clusters) implements LogEntry {}

    /**
     * Virtual addresses by host.
     *
     * @param freed hosts with the addresses that are taken back; they rest before they are given out again
     */
    record Allocated(SortedMap<String, String> addresses, SortedMap<String, String> freed) implements LogEntry {}

    /** Whether the hub hears from a cluster. */
    enum Liveness {
        CONNECTED,
        SUSPECT,
        LOST
    }
}
