package io.weft.hub.delivery;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where progress outlives a replica and is seen by the others, and where sessions are on record. */
public interface ProgressStore {
    SortedMap<ClusterName, ClusterProgress> load(TenantId tenant);

    /** Overwrites those rows. */
    void save(TenantId tenant, Map<ClusterName, ClusterProgress> changed);

    /** Written when a session is opened; one that was not ended before is of the past. Answers what was saved. */
    Optional<ClusterProgress> connected(TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent);

    /** The end of a session; rows that are judged by have the store's own time. */
    record End(ClusterName cluster, long epoch, String reason) {}

    void disconnected(TenantId tenant, Collection<End> ends);

    /** Keeps nothing: for the simulator. */
    ProgressStore NONE = new ProgressStore() {
        @Override
        public SortedMap<ClusterName, ClusterProgress> load(TenantId tenant) {
            return new TreeMap<>();
        }

        @Override
        public void save(TenantId tenant, Map<ClusterName, ClusterProgress> changed) {}

        @Override
        public Optional<ClusterProgress> connected(
                TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent) {
            return Optional.empty();
        }

        @Override
        public void disconnected(TenantId tenant, Collection<End> ends) {}
    };
}
