package io.weft.agent.live;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What istiod sends to a proxy, as far as objects of a bundle move it. */
enum ResourceType {
    CLUSTER("type.googleapis.com/envoy.config.cluster.v3.Cluster"),
    ENDPOINT("type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENER("type.googleapis.com/envoy.config.listener.v3.Listener"),
    ROUTE("type.googleapis.com/envoy.config.route.v3.RouteConfiguration"),
    /** Names that the sidecar's DNS answers. */
    NAME_TABLE("type.googleapis.com/istio.networking.nds.v1.NameTable");

    private static final Map<String, ResourceType> BY_URL =
            Stream.of(values()).collect(Collectors.toMap(type -> type.url, Function.identity()));

    private final String url;

    ResourceType(String url) {
        this.url = url;
    }

    /** Empty for a type that no object of a bundle moves. */
    static Optional<ResourceType> ofUrl(String url) {
        return Optional.ofNullable(BY_URL.get(url));
    }
}
