package io.weft.it.real;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a lab has.
 *
 * @param extensionProviders the value of that field of the mesh configuration, as YAML in flow style
 */
public record LabSpec(List<ClusterSpec> clusters, String extensionProviders) {
    public LabSpec {
        clusters = List.copyOf(clusters);
        if (clusters.isEmpty() || clusters.size() > LabSlot.CLUSTERS) {
            throw new IllegalArgumentException(
                    "clusters: " + clusters.size() + " (expected: 1 to " + LabSlot.CLUSTERS + ")");
        }
    }

    public static LabSpec of(ClusterSpec... clusters) {
        return new LabSpec(List.of(clusters), "[]");
    }

    /** East and west, each as {@link #member}. */
    public static LabSpec eastAndWest() {
        return of(member("east"), member("west"));
    }

    /** East, west, and {@link #caller north}, which has callers only. */
    public static LabSpec eastWestAndCallingNorth() {
        return of(member("east"), member("west"), caller("north"));
    }

    /**
     * A gateway {@code gw-<x>}, a caller {@code web-<x>} in namespace web, and cart in namespace shop: {@code cart-<x>1}
     * and {@code cart-<x>2} of version v1, {@code cart-<x>3} of v2, where x is the first letter of the name.
     */
    public static ClusterSpec member(String name) {
        String x = name.substring(0, 1);
        List<PodSpec> pods =
                new ArrayList<>(List.of(PodSpec.gateway("gw-" + x), PodSpec.client("web-" + x, "web", "web")));
        pods.add(PodSpec.server("cart-" + x + "1", "shop", "cart", "v1"));
        pods.add(PodSpec.server("cart-" + x + "2", "shop", "cart", "v1"));
        pods.add(PodSpec.server("cart-" + x + "3", "shop", "cart", "v2"));
        return new ClusterSpec(name, name, name, pods);
    }

    /** One caller {@code web-<x>} in namespace web and nothing else. */
    public static ClusterSpec caller(String name) {
        return ClusterSpec.of(name, PodSpec.client("web-" + name.charAt(0), "web", "web"));
    }

    public LabSpec with(ClusterSpec... more) {
        return new LabSpec(Stream.concat(clusters.stream(), Stream.of(more)).toList(), extensionProviders);
    }

    public LabSpec withExtensionProviders(String yaml) {
        return new LabSpec(clusters, yaml);
    }
}
