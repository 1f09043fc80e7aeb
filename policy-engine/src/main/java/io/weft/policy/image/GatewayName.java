package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A name that a cluster's gateway answers: host, global port, subset (never empty). Written
 * {@code cart.shop.example:80/v1}; it makes the SNI {@code outbound_.80_.v1_.cart.shop.example}.
 */
public record GatewayName(String host, int port, String subset) implements Comparable<GatewayName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static GatewayName parse(String text) {
        int slash = text.lastIndexOf('/');
        int colon = text.lastIndexOf(':', slash);
        if (colon <= 0 || slash < colon || slash == text.length() - 1) {
            throw new IllegalArgumentException("gateway name: " + text + " (expected: host:port/subset)");
        }
        return new GatewayName(
                text.substring(0, colon),
                Integer.parseInt(text.substring(colon + 1, slash)),
                text.substring(slash + 1));
    }

    @Override
    public int compareTo(GatewayName other) {
        int byHost = host.compareTo(other.host);
        if (byHost != 0) return byHost;
        int byPort = Integer.compare(port, other.port);
        return byPort != 0 ? byPort : subset.compareTo(other.subset);
    }

    @JsonValue
    @Override
    public String toString() {
        return host + ":" + port + "/" + subset;
    }
}
