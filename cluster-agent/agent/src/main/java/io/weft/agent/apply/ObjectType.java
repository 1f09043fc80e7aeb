package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.util.List;

/** A kind of Kubernetes object, written {@code networking.istio.io/v1/VirtualService}. */
public record ObjectType(String apiVersion, String kind) {
    private static final String NETWORKING = "networking.istio.io/v1";

    public static final ObjectType VIRTUAL_SERVICE = new ObjectType(NETWORKING, "VirtualService");
    public static final ObjectType DESTINATION_RULE = new ObjectType(NETWORKING, "DestinationRule");

    /** Every type that a bundle may hold; the agent's role allows these and no others. */
    public static final List<ObjectType> MANAGED = List.of(
            VIRTUAL_SERVICE,
            DESTINATION_RULE,
            new ObjectType(NETWORKING, "ServiceEntry"),
            new ObjectType(NETWORKING, "Gateway"),
            new ObjectType("networking.istio.io/v1alpha3", "EnvoyFilter"));

    public static ObjectType of(ObjectKey key) {
        return new ObjectType(key.apiVersion(), key.kind());
    }

    /** The API group without its version; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    @Override
    public String toString() {
        return apiVersion + "/" + kind;
    }
}
