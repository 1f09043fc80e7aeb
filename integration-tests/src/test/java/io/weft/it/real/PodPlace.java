package io.weft.it.real;

import java.util.List;

/**
 * Where a pod of the stand-in runs.
 *
 * @param entrance the command that moves a process there
 * @param probed the address at which this JVM reaches its ports
 * @param reported the address that the pod's status says
 */
record PodPlace(List<String> entrance, String probed, String reported) {
    PodPlace {
        entrance = List.copyOf(entrance);
    }

    /** This machine's own network, where two pods with one port do not fit. Loopback is not allowed in a status. */
    static PodPlace ofThisMachine() {
        return new PodPlace(List.of(), "127.0.0.1", "192.0.2.10");
    }
}
