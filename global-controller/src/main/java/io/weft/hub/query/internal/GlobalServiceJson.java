package io.weft.hub.query.internal;

import io.weft.policy.compile.GlobalServices.GlobalService;
import io.weft.policy.compile.GlobalServices.Place;
import io.weft.policy.image.ClusterFacts;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Global services as they are shown. */
public final class GlobalServiceJson {
    private GlobalServiceJson() {}

    /** What a list has of it. */
    public static void write(ObjectNode out, GlobalService service) {
        out.put("globalNamespace", service.globalNamespace().value());
        out.put("name", service.name());
        out.put("host", service.host());
        if (service.address() != null) out.put("address", service.address());
        ArrayNode clusters = out.putArray("clusters");
        SortedSet<String> versions = new TreeSet<>();
        for (Place place : service.places()) {
            if (!place.served()) continue;
            ObjectNode each = clusters.addObject();
            each.put("cluster", place.cluster().value());
            each.put("namespace", place.namespace());
            each.put("instances", place.ready());
            place.versions().forEach(each.putArray("versions")::add);
            each.put("answered", place.answered());
            versions.addAll(place.versions());
        }
        versions.forEach(out.putArray("versions")::add);
        out.put("instances", instances(service));
        ArrayNode ports = out.putArray("ports");
        service.ports()
                .forEach(port -> ports.addObject()
                        .put("number", port.number())
                        .put("name", port.name())
                        .put("protocol", port.protocol().name()));
        if (service.route() == null) out.putNull("route");
        else out.put("route", service.route().name());
        findings(out.putArray("findings"), service);
    }

    /** Ready instances in the mesh, over all clusters that serve it. */
    public static int instances(GlobalService service) {
        return service.places().stream().mapToInt(Place::ready).sum();
    }

    private static void findings(ArrayNode out, GlobalService service) {
        service.findings()
                .forEach(noted -> out.addObject()
                        .put("type", noted.finding().type())
                        .put("resource", noted.finding().resource().toString())
                        .put("reason", noted.finding().reason())
                        .put("message", noted.finding().message())
                        .put("cluster", noted.cluster().value()));
    }

    /** What a single one has besides. */
    public static void writeDetail(
            ObjectNode out, GlobalService service, TenantImage image, Predicate<ClusterName> connected) {
        ArrayNode places = out.putArray("places");
        service.places().forEach(place -> write(places.addObject(), place, image, connected.test(place.cluster())));
        ArrayNode callers = out.putArray("callers");
        service.callers().forEach(cluster -> callers.add(cluster.value()));
    }

    private static void write(ObjectNode out, Place place, TenantImage image, boolean connected) {
        ClusterFacts facts = image.facts(place.cluster());
        out.put("cluster", place.cluster().value());
        out.put("namespace", place.namespace());
        out.put("served", place.served());
        out.put("connected", connected);
        out.put("liveness", image.judgement(place.cluster()).liveness().name().toLowerCase(Locale.ROOT));
        out.put("network", facts.capabilities().network());
        ObjectNode labels = out.putObject("labels");
        place.fact().labels().forEach(labels::put);
        ArrayNode gateway = out.putArray("gateway");
        facts.gateway().addresses().forEach(address -> gateway.add(address.address() + ":" + address.port()));
        ArrayNode ports = out.putArray("ports");
        place.fact()
                .ports()
                .forEach(port -> ports.addObject()
                        .put("number", port.number())
                        .put("name", port.name())
                        .put("protocol", port.protocol().name())
                        .put("targetPort", port.targetPort()));
        ArrayNode versions = out.putArray("versions");
        place.fact().versions().forEach((name, version) -> {
            ObjectNode each = versions.addObject();
            each.put("version", name);
            each.put("ready", version.ready());
            each.put("meshed", version.meshed());
            each.put("locality", version.locality());
            version.serviceAccounts().forEach(each.putArray("serviceAccounts")::add);
        });
    }
}
