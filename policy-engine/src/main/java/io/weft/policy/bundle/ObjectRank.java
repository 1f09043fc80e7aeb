package io.weft.policy.bundle;

/**
 * The order in which objects are applied, and in reverse removed, so that no step of it sends a request astray: what the
 * gateway answers, then the rules and routes of callers, then the entries that make a name resolve, remote endpoints
 * last. An entry before its rule and route sends requests to any cluster.
 */
public final class ObjectRank {
    public static final int GATEWAY = 20;
    public static final int GATEWAY_RULE = 30;
    public static final int FILTER = 40;
    public static final int RULE = 50;
    public static final int ROUTE = 60;
    public static final int ENTRY = 70;
    public static final int REMOTE_ENTRY = 80;
    /** Names of rules of the gateway begin, and names of remote entries end with this. */
    public static final String GATEWAY_PREFIX = "weft-gateway-";

    public static final String REMOTE_SUFFIX = "-remote";

    private ObjectRank() {}

    /** The rank of an object of which only the key is known, such as one left behind by an older bundle. */
    public static int of(ObjectKey key) {
        return switch (key.kind()) {
            case "Gateway" -> GATEWAY;
            case "DestinationRule" -> key.name().startsWith(GATEWAY_PREFIX) ? GATEWAY_RULE : RULE;
            case "EnvoyFilter" -> FILTER;
            case "VirtualService" -> ROUTE;
            case "ServiceEntry" -> key.name().endsWith(REMOTE_SUFFIX) ? REMOTE_ENTRY : ENTRY;
            default -> 0;
        };
    }
}
