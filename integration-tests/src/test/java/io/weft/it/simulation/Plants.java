package io.weft.it.simulation;

import io.weft.agent.Inventory;
import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.memory.Memory;
import io.weft.hub.platform.log.LogStore;
import io.weft.protocol.SessionLimits;
import java.util.List;

/** Where a test may put a bug; by default there is none. */
class Plants {
    static final Plants NONE = new Plants();
    private static final int CHUNK_BYTES = 2_000;

    /** One replica's store. */
    LogStore store(LogStore store) {
        return store;
    }

    /** A cluster's API server as its agent sees it. */
    ClusterObjects objects(SimulatedCluster cluster, ClusterObjects objects, Host agent) {
        return objects;
    }

    /** An agent's disk. */
    Memory memory(Memory disk) {
        return disk;
    }

    /** Times and sizes of the hub's sessions. Chunks are small, so that a bundle takes several. */
    SessionLimits limits() {
        SessionLimits usual = SessionLimits.DEFAULT;
        return new SessionLimits(
                usual.hello(),
                usual.ping(),
                usual.silence(),
                usual.progress(),
                usual.settle(),
                usual.longestSettle(),
                CHUNK_BYTES,
                usual.objectBytes(),
                usual.transferBytes(),
                usual.snapshotItems());
    }

    /** What an agent says of services that it may not list. */
    Inventory.Listing unlistable() {
        return new Inventory.Listing(List.of(), "forbidden");
    }
}
