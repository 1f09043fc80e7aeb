package io.weft.it.simulation;

import io.weft.agent.Inventory;
import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.memory.Memory;
import io.weft.hub.platform.log.LogStore;
import java.util.List;

/** Where a test may put a bug; by default there is none. */
class Plants {
    static final Plants NONE = new Plants();

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

    /** What an agent says of services that it may not list. */
    Inventory.Listing unlistable() {
        return new Inventory.Listing(List.of(), "forbidden");
    }
}
