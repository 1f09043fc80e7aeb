package io.weft.policy.compile;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import java.util.List;

/**
 * What one cluster has for one global service.
 *
 * @param receives whether its gateway must pass on names of the host's domain
 */
record UnitOutput(
        List<BundleObject> objects,
        List<GatewayName> answers,
        List<Call> calls,
        boolean receives,
        List<Finding> findings) {
    static final UnitOutput NOTHING = new UnitOutput(List.of(), List.of(), List.of(), false, List.of());

    boolean isEmpty() {
        return objects.isEmpty() && answers.isEmpty() && calls.isEmpty() && findings.isEmpty();
    }
}
