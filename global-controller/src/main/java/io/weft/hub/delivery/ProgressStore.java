package io.weft.hub.delivery;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where progress outlives a replica and is seen by the others, and where sessions are on record. */
public interface ProgressStore {
    SortedMap<ClusterName, ClusterProgress> load(TenantId tenant);

    Optional<ClusterProgress> load(TenantId tenant, ClusterName cluster);

    /** Overwrites those rows. */
    void save(TenantId tenant, Map<ClusterName, ClusterProgress> changed);

    /** Written when a session is opened; one that was not ended before is of the past. */
    void connected(TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent);

    /** @param at by the replica's clock; rows that are judged by have the store's own */
    void disconnected(TenantId tenant, ClusterName cluster, long epoch, Instant at, String reason);

    /** Keeps nothing: for the simulator. */
    ProgressStore NONE = new ProgressStore() {
        @Override
        public SortedMap<ClusterName, ClusterProgress> load(TenantId tenant) {
            return new TreeMap<>();
        }

        @Override
        public Optional<ClusterProgress> load(TenantId tenant, ClusterName cluster) {
            return Optional.empty();
        }

        @Override
        public void save(TenantId tenant, Map<ClusterName, ClusterProgress> changed) {}

        @Override
        public void connected(TenantId tenant, ClusterName cluster, long epoch, Instant at, AgentSays agent) {}

        @Override
        public void disconnected(TenantId tenant, ClusterName cluster, long epoch, Instant at, String reason) {}
    };
}
