package io.weft.launcher.supervise;

import java.time.Duration;

/** How long to wait before the next start: doubles from half a second to half a minute, and begins anew after a minute of life. */
final class BackOff {
    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private Duration next = LEAST;

    /** The wait after a process that lived for so long. */
    Duration after(Duration life) {
        if (life.compareTo(HEALTHY) >= 0) next = LEAST;
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(MOST) > 0 ? MOST : next.multipliedBy(2);
        return wait;
    }
}
