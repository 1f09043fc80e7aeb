package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A host that an object configures. Istio merges or silently prefers one of two objects of one kind and host, so a
 * user's own is never joined by one of ours.
 *
 * @param host in full
 * @param hub id of the hub that the object is of; empty for a user's own
 */
public record Claim(ObjectKey object, String host, String hub) {
    /** The hosts that an object configures for callers inside the mesh; none for kinds that may be many for one host. */
    public static List<Claim> of(ObservedObject object) {
        boolean managed = object.label(Ownership.MANAGED_BY).equals(Ownership.WEFT);
        return of(object.key(), object.json().path("spec"), managed ? object.label(Ownership.HUB) : "");
    }

    static List<Claim> of(ObjectKey key, JsonNode spec, String hub) {
        List<Claim> claims = new ArrayList<>();
        if (key.kind().equals(ObjectType.DESTINATION_RULE.kind())) {
            String host = spec.path("host").asString("");
            if (!host.isEmpty()) claims.add(new Claim(key, full(host, key.namespace()), hub));
        } else if (key.kind().equals(ObjectType.VIRTUAL_SERVICE.kind()) && concernsMesh(spec)) {
            for (JsonNode host : spec.path("hosts")) {
                claims.add(new Claim(key, full(host.asString(""), key.namespace()), hub));
            }
        }
        return claims;
    }

    /** A route that is bound to gateways only does not touch callers in the mesh. */
    private static boolean concernsMesh(JsonNode spec) {
        JsonNode gateways = spec.path("gateways");
        if (gateways.isEmpty()) return true;
        for (JsonNode gateway : gateways) if (gateway.asString("").equals("mesh")) return true;
        return false;
    }

    /** Istio reads a name without a dot as a service beside the object. */
    private static String full(String host, String namespace) {
        return host.indexOf('.') < 0 && !host.equals("*") ? host + "." + namespace + ".svc.cluster.local" : host;
    }

    /** Two claims with the same subject exclude each other. */
    Subject subject() {
        return new Subject(object.kind(), host);
    }

    record Subject(String kind, String host) {}
}
