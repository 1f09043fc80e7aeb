package io.weft.policy.render.istio;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.bundle.ObjectRank;
import io.weft.policy.model.ClusterName;
import io.weft.policy.plan.ServicePlan;
import io.weft.policy.plan.ServicePlan.Receive;
import io.weft.policy.plan.ServicePlan.Send;
import io.weft.policy.plan.ServicePlan.Subset;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Destination rules: the subsets that a gateway answers, and those that callers choose from. */
record Rules(IstioObjects objects) {
    /** On endpoints that stand for another cluster. Pods and callers both lack it, so that they are equal. */
    static final String CLUSTER_LABEL = "weft.io/cluster";

    private static final String KIND = "DestinationRule";

    /** Each subset is confined to the gateway's own network: else gateways would forward to gateways, in circles. */
    BundleObject ofGateway(ServicePlan plan, Receive receive) {
        ObjectNode spec = Json.object();
        spec.put("host", plan.host());
        spec.putArray("exportTo").add(".");
        spec.putObject("workloadSelector").set("matchLabels", Json.of(receive.selector()));
        ArrayNode subsets = spec.putArray("subsets");
        for (Subset subset : receive.subsets()) {
            ObjectNode node = subsets.addObject().put("name", subset.name());
            ObjectNode labels = node.putObject("labels").put("topology.istio.io/network", receive.network());
            if (subset.version() != null) labels.put("version", subset.version());
        }
        String name = IstioObjects.name(ObjectRank.GATEWAY_PREFIX, plan.host(), "");
        ObjectKey key = new ObjectKey(IstioObjects.NETWORKING, KIND, receive.namespace(), name);
        return objects.object(key, Layer.RECEIVE, plan.provenance(), spec);
    }

    BundleObject ofCallers(ServicePlan plan, Send send) {
        ObjectNode spec = Json.object();
        spec.put("host", plan.host());
        spec.set("exportTo", Json.array(send.callers()));
        ObjectNode policy = spec.putObject("trafficPolicy");
        basics(policy);
        policy.putObject("loadBalancer").put("simple", "ROUND_ROBIN");
        connections(policy);
        ArrayNode subsets = spec.putArray("subsets");
        for (Subset subset : send.subsets()) subsets.add(subset(plan, subset));
        ObjectKey key = new ObjectKey(
                IstioObjects.NETWORKING, KIND, send.namespace(), IstioObjects.name("weft-", plan.host(), ""));
        return objects.object(key, Layer.SEND, plan.provenance(), spec);
    }

    private static ObjectNode subset(ServicePlan plan, Subset subset) {
        ObjectNode node = Json.object().put("name", subset.name());
        ObjectNode labels = node.putObject("labels");
        if (subset.version() != null) labels.put("version", subset.version());
        ObjectNode policy = node.putObject("trafficPolicy");
        basics(policy);
        ObjectNode balancer = policy.putObject("loadBalancer").put("simple", "ROUND_ROBIN");
        ObjectNode locality = balancer.putObject("localityLbSetting").put("enabled", true);
        locality.putArray("failoverPriority").add(priority(plan.cluster(), subset));
        connections(policy);
        return node;
    }

    private static String priority(ClusterName own, Subset subset) {
        ClusterName preferred = subset.prefers();
        return preferred == null || preferred.equals(own) ? CLUSTER_LABEL : CLUSTER_LABEL + "=" + preferred;
    }

    private static void basics(ObjectNode policy) {
        policy.putObject("tls").put("mode", "ISTIO_MUTUAL");
        // Of a cluster with two instances, Istio's usual 10 % would never eject one.
        policy.putObject("outlierDetection")
                .put("consecutive5xxErrors", 3)
                .put("consecutiveGatewayErrors", 3)
                .put("interval", "500ms")
                .put("baseEjectionTime", "10s")
                .put("maxEjectionPercent", 100);
    }

    /** One connection through a gateway stays with one instance behind it; so connections are kept short. */
    private static void connections(ObjectNode policy) {
        ObjectNode pool = policy.putObject("connectionPool");
        pool.putObject("tcp").put("connectTimeout", "1s");
        pool.putObject("http").put("maxRequestsPerConnection", 50);
    }
}
