package io.weft.launcher.supervise;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One child of the supervisor, as it sees them all. */
interface Service {
    String name();

    /** Starts its process; may return before it is ready. */
    void start() throws IOException;

    boolean ready();

    void stop();

    /** The newest one started. */
    @Nullable
    Process process();

    /** Why its last process ended, in its own words. */
    String reason();

    default boolean running() {
        Process current = process();
        return current != null && current.isAlive();
    }
}
