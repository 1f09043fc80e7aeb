package io.weft.policy.render.istio;

import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.bundle.ObjectRank;
import io.weft.policy.plan.GlobalPort;
import io.weft.policy.plan.ServicePlan;
import io.weft.policy.plan.ServicePlan.Local;
import io.weft.policy.plan.ServicePlan.RemoteEndpoint;
import io.weft.policy.plan.ServicePlan.Send;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entries that make a global name resolve: one with the back ends of this cluster, for its gateway and its callers;
 * one with the gateways of other clusters, for its callers only. Istio merges the two.
 */
record Entries(IstioObjects objects) {
    BundleObject local(ServicePlan plan, Local local) {
        ObjectNode spec = spec(plan, local.ports(), true, exportTo(plan, local));
        ObjectNode labels = Json.of(local.selector());
        spec.putObject("workloadSelector").set("labels", labels);
        Layer layer = local.callers().isEmpty() ? Layer.RECEIVE : Layer.SEND;
        return objects.object(key(local.namespace(), plan, ""), layer, plan.provenance(), spec);
    }

    BundleObject remote(ServicePlan plan, Send send) {
        // Only these: on a port that it does not name, an endpoint would be called at the gateway's port of that
        // number.
        ObjectNode spec = spec(plan, send.remotePorts(), false, send.callers());
        ArrayNode endpoints = spec.putArray("endpoints");
        for (RemoteEndpoint remote : send.remotes()) endpoints.add(endpoint(remote, send.remotePorts()));
        ObjectKey key = key(send.namespace(), plan, ObjectRank.REMOTE_SUFFIX);
        return objects.object(key, Layer.SEND, plan.provenance(), spec);
    }

    private static ObjectKey key(String namespace, ServicePlan plan, String suffix) {
        return new ObjectKey(
                IstioObjects.NETWORKING, "ServiceEntry", namespace, IstioObjects.name("weft-", plan.host(), suffix));
    }

    private static SortedSet<String> exportTo(ServicePlan plan, Local local) {
        SortedSet<String> namespaces = new TreeSet<>(local.callers());
        if (plan.receive() != null) namespaces.add(plan.receive().namespace());
        return namespaces;
    }

    private static ObjectNode spec(
            ServicePlan plan, List<GlobalPort> ports, boolean withTargets, SortedSet<String> exportTo) {
        ObjectNode spec = Json.object();
        spec.putArray("hosts").add(plan.host());
        if (plan.address() != null) spec.putArray("addresses").add(plan.address());
        spec.put("location", "MESH_INTERNAL");
        spec.put("resolution", "STATIC");
        ArrayNode portNodes = spec.putArray("ports");
        for (GlobalPort port : ports) {
            ObjectNode node = portNodes.addObject();
            node.put("number", port.number());
            node.put("name", port.name());
            node.put("protocol", port.protocol().name());
            if (withTargets) node.put("targetPort", port.targetPort());
        }
        // Without identities the certificate of the called instance would not be checked against anything.
        if (!plan.identities().isEmpty()) spec.set("subjectAltNames", Json.array(plan.identities()));
        spec.set("exportTo", Json.array(exportTo));
        return spec;
    }

    private static ObjectNode endpoint(RemoteEndpoint remote, List<GlobalPort> ports) {
        ObjectNode node = Json.object();
        node.put("address", remote.address());
        ObjectNode portNodes = node.putObject("ports");
        for (GlobalPort port : ports) portNodes.put(port.name(), remote.port());
        ObjectNode labels = node.putObject("labels");
        labels.put("security.istio.io/tlsMode", "istio");
        labels.put(Rules.CLUSTER_LABEL, remote.cluster().value());
        if (remote.version() != null) labels.put("version", remote.version());
        node.put("network", remote.network());
        if (!remote.locality().isEmpty()) node.put("locality", remote.locality());
        node.put("weight", remote.weight());
        return node;
    }
}
