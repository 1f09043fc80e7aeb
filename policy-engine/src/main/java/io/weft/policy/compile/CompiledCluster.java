package io.weft.policy.compile;

import io.weft.policy.bundle.Bundle;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.model.ClusterName;
import java.util.List;
import java.util.SortedSet;

/**
 * What one cluster should have at one position of the log.
 *
 * @param answers names that its gateway answers with this bundle. A name with port 0 says in which namespace a host's
 *     back ends are; it is kept and withdrawn with the others, and never called
 * @param calls names that it may call with this bundle, at other clusters and at itself
 */
public record CompiledCluster(
        ClusterName cluster,
        long position,
        long incarnation,
        Bundle bundle,
        SortedSet<GatewayName> answers,
        SortedSet<Call> calls,
        List<Finding> findings) {
    public CompiledCluster {
        findings = List.copyOf(findings);
    }
}
