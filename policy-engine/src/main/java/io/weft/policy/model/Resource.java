package io.weft.policy.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A declared object. Sealed: switches over kinds are exhaustive and have no default. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Resource.Cluster.class, name = "Cluster"),
    @JsonSubTypes.Type(value = Resource.GlobalNamespace.class, name = "GlobalNamespace"),
    @JsonSubTypes.Type(value = Resource.TrafficRoute.class, name = "TrafficRoute"),
})
public sealed interface Resource {
    ResourceKey key();

    Metadata metadata();

    Object spec();

    /** The same resource with other metadata. */
    Resource with(Metadata metadata);

    /** One Kubernetes cluster with one mesh, joined by one agent. */
    record Cluster(ResourceKey key, Metadata metadata, ClusterSpec spec) implements Resource {
        @Override
        public Cluster with(Metadata metadata) {
            return new Cluster(key, metadata, spec);
        }
    }

    /** A DNS domain plus membership rules over clusters and namespaces. */
    record GlobalNamespace(ResourceKey key, Metadata metadata, GlobalNamespaceSpec spec) implements Resource {
        @Override
        public GlobalNamespace with(Metadata metadata) {
            return new GlobalNamespace(key, metadata, spec);
        }
    }

    /** How requests to one global service are matched and split. */
    record TrafficRoute(ResourceKey key, Metadata metadata, TrafficRouteSpec spec) implements Resource {
        @Override
        public TrafficRoute with(Metadata metadata) {
            return new TrafficRoute(key, metadata, spec);
        }
    }
}
