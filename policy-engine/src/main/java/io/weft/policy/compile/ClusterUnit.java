package io.weft.policy.compile;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.Facts.GatewayFact;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.plan.ClusterPlan;
import io.weft.policy.render.istio.IstioRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** What a cluster has once. */
final class ClusterUnit {
    private ClusterUnit() {}

    /**
     * @param domains of the units that receive
     * @param callers member namespaces of all global namespaces
     */
    static List<BundleObject> objects(
            ClusterName cluster,
            GatewayFact gateway,
            SortedSet<String> domains,
            SortedSet<String> callers,
            IstioRenderer renderer) {
        return renderer.render(new ClusterPlan(cluster, gateway.namespace(), gateway.selector(), domains, callers));
    }

    static List<Finding> findings(ClusterName cluster, ClusterFacts facts, SortedSet<String> callers) {
        List<Finding> findings = new ArrayList<>();
        if (callers.isEmpty()) return findings;
        ResourceKey key = ResourceKey.cluster(cluster.value());
        if (!facts.capabilities().mesh().isEmpty() && !facts.capabilities().dnsCapture()) {
            findings.add(new Finding.Warning(
                    key, "NoDnsCapture", "dnsCapture: false (expected: true; global names do not resolve without)"));
        }
        if (facts.gateway().selector().isEmpty()) {
            findings.add(new Finding.Warning(
                    key,
                    "NoGateway",
                    "gateway: none (expected: an east-west gateway, to be called by other clusters)"));
        } else if (facts.capabilities().network().isEmpty()) {
            findings.add(new Finding.Warning(
                    key,
                    "NoNetwork",
                    "network: none (expected: the mesh's network name, to be called by other clusters)"));
        }
        return findings;
    }
}
