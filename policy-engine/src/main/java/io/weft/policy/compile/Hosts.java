package io.weft.policy.compile;

import io.weft.policy.image.AckState;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.GatewayName;
import java.util.SortedSet;

/** Global hosts, {@code <service>.<domain>}; a service's name has no dot. */
final class Hosts {
    /** Port of the names that say where back ends are. */
    static final int PLACE = 0;

    private Hosts() {}

    static String host(String service, String domain) {
        return service + "." + domain;
    }

    static String service(String host) {
        return host.substring(0, host.indexOf('.'));
    }

    static String domain(String host) {
        return host.substring(host.indexOf('.') + 1);
    }

    /** Answered names of one host, places included. */
    static SortedSet<GatewayName> answered(AckState state, String host) {
        return state.answers().subSet(new GatewayName(host, 0, ""), new GatewayName(host, Integer.MAX_VALUE, ""));
    }

    static ServiceId first(String namespace) {
        return new ServiceId(namespace, "");
    }

    static ServiceId afterLast(String namespace) {
        return new ServiceId(namespace + "\0", "");
    }
}
