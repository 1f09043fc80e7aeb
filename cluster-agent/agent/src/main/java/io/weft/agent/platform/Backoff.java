package io.weft.agent.platform;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: each twice as long as the one before, up to a limit, with jitter of a half. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** Between a half and the whole of the pause that is due, so that a thousand agents do not come back together. */
    public Duration pause() {
        Duration pause = next;
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        long half = pause.toMillis() / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }

    /** It worked: the next pause is the first again. */
    public void reset() {
        next = first;
    }
}
