package io.weft.it.real;

import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster of a lab. Its zone is {@code <name>-1}. One without a gateway can call and cannot be called.
 *
 * @param network the mesh's name for its network: clusters of one network would reach each other's pods directly
 */
public record ClusterSpec(String name, String region, String network, List<PodSpec> pods) {
    public ClusterSpec {
        pods = List.copyOf(pods);
    }

    /** Region and network are named as the cluster. */
    public static ClusterSpec of(String name, PodSpec... pods) {
        return new ClusterSpec(name, name, name, List.of(pods));
    }

    public ClusterSpec inRegion(String other) {
        return new ClusterSpec(name, other, network, pods);
    }

    public ClusterSpec with(PodSpec... more) {
        return new ClusterSpec(
                name,
                region,
                network,
                Stream.concat(pods.stream(), Stream.of(more)).toList());
    }
}
