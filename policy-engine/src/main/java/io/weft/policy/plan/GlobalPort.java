package io.weft.policy.plan;

import io.weft.policy.image.Facts.Protocol;
import java.util.Locale;

/**
 * A port of a global service: number and protocol are the same in all clusters.
 *
 * @param targetPort where the instances of this cluster listen
 */
public record GlobalPort(int number, Protocol protocol, int targetPort) {
    public String name() {
        return protocol.name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    public boolean isHttp() {
        return switch (protocol) {
            case HTTP, HTTP2, GRPC -> true;
            case TCP, TLS -> false;
        };
    }
}
