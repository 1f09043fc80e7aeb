package io.weft.policy.compile;

import io.weft.policy.model.ClusterName;

/** Compiles single clusters at the position that it has reached. */
public interface ClusterCompiler {
    CompiledCluster compile(ClusterName cluster);
}
