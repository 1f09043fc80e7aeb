package io.weft.policy.render.istio;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.plan.ClusterPlan;
import io.weft.policy.plan.Provenance;
import io.weft.policy.plan.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Plans as objects of Istio 1.31. */
public final class IstioRenderer {
    private static final int GATEWAY_PORT = 15443;
    private final IstioObjects objects;
    private final Entries entries;
    private final Rules rules;
    private final Routes routes;

    /** @param hubId the owner that all objects are labelled with */
    public IstioRenderer(String hubId) {
        objects = new IstioObjects(hubId);
        entries = new Entries(objects);
        rules = new Rules(objects);
        routes = new Routes(objects);
    }

    public List<BundleObject> render(ServicePlan plan) {
        List<BundleObject> all = new ArrayList<>(5);
        if (plan.receive() != null) all.add(rules.ofGateway(plan, plan.receive()));
        if (plan.send() != null) {
            all.add(rules.ofCallers(plan, plan.send()));
            all.add(routes.of(plan, plan.send()));
        }
        if (plan.local() != null) all.add(entries.local(plan, plan.local()));
        if (plan.send() != null
                && (plan.local() == null || !plan.send().remotes().isEmpty())) {
            all.add(entries.remote(plan, plan.send()));
        }
        return all;
    }

    public List<BundleObject> render(ClusterPlan plan) {
        List<BundleObject> all = new ArrayList<>();
        if (!plan.gatewayNamespace().isEmpty() && !plan.domains().isEmpty()) all.add(gateway(plan));
        for (String namespace : plan.callers()) all.add(mergeWindow(plan, namespace));
        return all;
    }

    /** Passes on what is called by the names of global domains, and nothing else of the cluster. */
    private BundleObject gateway(ClusterPlan plan) {
        ObjectNode spec = Json.object();
        spec.set("selector", Json.of(plan.gatewaySelector()));
        ObjectNode server = spec.putArray("servers").addObject();
        server.putObject("port").put("number", GATEWAY_PORT).put("name", "tls").put("protocol", "TLS");
        server.putObject("tls").put("mode", "AUTO_PASSTHROUGH");
        server.set(
                "hosts", Json.array(plan.domains().stream().map(d -> "*." + d).toList()));
        ObjectKey key =
                new ObjectKey(IstioObjects.NETWORKING, "Gateway", plan.gatewayNamespace(), "weft-cross-cluster");
        return objects.object(key, Layer.RECEIVE, Provenance.of(plan.cluster()), spec);
    }

    /** Envoy would otherwise hold back changes of health and weight for a second: failed requests, while one fails over. */
    private BundleObject mergeWindow(ClusterPlan plan, String namespace) {
        ObjectNode spec = Json.object();
        ObjectNode patch = spec.putArray("configPatches").addObject();
        patch.put("applyTo", "CLUSTER");
        patch.putObject("match").put("context", "SIDECAR_OUTBOUND");
        patch.putObject("patch")
                .put("operation", "MERGE")
                .putObject("value")
                .putObject("common_lb_config")
                .put("update_merge_window", "0s");
        ObjectKey key = new ObjectKey(IstioObjects.FILTERS, "EnvoyFilter", namespace, "weft-merge-window");
        return objects.object(key, Layer.SEND, Provenance.of(plan.cluster()), spec);
    }
}
