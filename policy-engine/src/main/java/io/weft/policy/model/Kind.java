package io.weft.policy.model;

/** The closed set of kinds that are built. A new one fails to compile wherever it matters. */
public enum Kind {
    CLUSTER("Cluster", "clusters", false),
    GLOBAL_NAMESPACE("GlobalNamespace", "global-namespaces", false),
    TRAFFIC_ROUTE("TrafficRoute", "traffic-routes", true);

    private final String wireName;
    private final String plural;
    private final boolean inGlobalNamespace;

    Kind(String wireName, String plural, boolean inGlobalNamespace) {
        this.wireName = wireName;
        this.plural = plural;
        this.inGlobalNamespace = inGlobalNamespace;
    }

    /** As in the {@code kind} field: {@code TrafficRoute}. */
    public String wireName() {
        return wireName;
    }

    /** As in paths: {@code traffic-routes}. */
    public String plural() {
        return plural;
    }

    /** Whether resources of this kind live in a global namespace rather than belong to the tenant. */
    public boolean inGlobalNamespace() {
        return inGlobalNamespace;
    }
}
