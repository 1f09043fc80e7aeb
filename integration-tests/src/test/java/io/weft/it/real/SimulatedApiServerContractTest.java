package io.weft.it.real;

import io.weft.fleet.cluster.SimulatedCluster;
import org.junit.jupiter.api.AfterAll;

/** The simulated API server answers as the real one. */
class SimulatedApiServerContractTest extends ApiServerContract {
    private final SimulatedCluster cluster = SimulatedCluster.inMemory("east");

    @Override
    ApiServer start() {
        return new ApiServer(cluster.url(), cluster.administratorToken(), cluster.authority());
    }

    @Override
    void forget() {
        cluster.compact();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }
}
