package io.weft.policy.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.weft.policy.model.ClusterName;

/** A name that a cluster may call at another cluster's gateway. Written {@code west|cart.shop.example:80/v1}. */
public record Call(ClusterName callee, GatewayName name) implements Comparable<Call> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Call parse(String text) {
        int bar = text.indexOf('|');
        if (bar <= 0) throw new IllegalArgumentException("call: " + text + " (expected: cluster|host:port/subset)");
        return new Call(new ClusterName(text.substring(0, bar)), GatewayName.parse(text.substring(bar + 1)));
    }

    @Override
    public int compareTo(Call other) {
        int byCallee = callee.compareTo(other.callee);
        return byCallee != 0 ? byCallee : name.compareTo(other.name);
    }

    @JsonValue
    @Override
    public String toString() {
        return callee + "|" + name;
    }
}
