package io.weft.agent.live;

import java.util.List;

/** The mesh's control plane, asked now. Blocks for a bounded time. */
interface Mesh {
    /** Of every istiod; never of a part of them. */
    List<IstiodReading> read() throws UnreadableException;

    /** All pods that have a proxy. */
    List<MeshedPod> pods();

    /** Why the mesh cannot tell what is live, in words for people. */
    final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String reason) {
            super(reason);
        }

        UnreadableException(String reason, Throwable cause) {
            super(reason, cause);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
