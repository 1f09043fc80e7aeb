package io.weft.it.real;

import org.junit.jupiter.api.AfterAll;

/** The real API server, by which the contract was written. */
@RealCluster
class RealApiServerContractIT extends ApiServerContract {
    private final ControlPlane plane = ControlPlane.start();

    @Override
    ApiServer start() {
        plane.apply(MeshCluster.read(RealClusterBinaries.require().istioDefinitions()));
        return plane.api();
    }

    @Override
    void forget() {
        // What was before the definitions is known of none of their objects.
    }

    @AfterAll
    void stop() {
        plane.close();
    }
}
