package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What names a resource inside a tenant: global namespace or none, kind, name. Written as
 * {@code TrafficRoute/shop/cart} or {@code Cluster//east}; print and parse round-trip.
 */
public record ResourceKey(@Nullable GnsName gns, Kind kind, String name) implements Comparable<ResourceKey> {
    public ResourceKey {
        Names.label("name", name);
        if (kind.inGlobalNamespace() != (gns != null)) {
            throw new IllegalArgumentException("globalNamespace: " + gns + " (expected: "
                    + (kind.inGlobalNamespace() ? "a name, " : "none, ") + "for " + kind.wireName() + ")");
        }
    }

    public static ResourceKey cluster(String name) {
        return new ResourceKey(null, Kind.CLUSTER, name);
    }

    public static ResourceKey globalNamespace(String name) {
        return new ResourceKey(null, Kind.GLOBAL_NAMESPACE, name);
    }

    public static ResourceKey trafficRoute(GnsName gns, String name) {
        return new ResourceKey(gns, Kind.TRAFFIC_ROUTE, name);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ResourceKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            for (Kind kind : Kind.values()) {
                if (kind.wireName().equals(parts[0])) {
                    return new ResourceKey(parts[1].isEmpty() ? null : new GnsName(parts[1]), kind, parts[2]);
                }
            }
        }
        throw new IllegalArgumentException("resource: " + text + " (expected: Kind/global-namespace-or-empty/name)");
    }

    public Optional<GnsName> globalNamespace() {
        return Optional.ofNullable(gns);
    }

    /** What this resource is released with: its global namespace (a GlobalNamespace is of its own scope), or the tenant. */
    public Scope scope() {
        return switch (kind) {
            case CLUSTER -> Scope.TENANT;
            case GLOBAL_NAMESPACE -> Scope.of(new GnsName(name));
            case TRAFFIC_ROUTE -> {
                if (gns == null) throw new IllegalStateException("a route without a global namespace");
                yield Scope.of(gns);
            }
        };
    }

    @Override
    public int compareTo(ResourceKey other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) return byKind;
        int byGns = (gns == null ? "" : gns.value()).compareTo(other.gns == null ? "" : other.gns.value());
        return byGns != 0 ? byGns : name.compareTo(other.name);
    }

    @JsonValue
    @Override
    public String toString() {
        return kind.wireName() + "/" + (gns == null ? "" : gns.value()) + "/" + name;
    }
}
