package io.weft.hub.audit.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refused credentials that belong to no tenant. All are counted ({@code weft.refused.strangers}); one line each ten
 * seconds says the newest and how many there were since the line before, so that nobody can fill the log.
 */
final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int LONGEST = 200;

    private final Counter counter;
    private final InstantSource clock;
    private @Nullable Instant logged;
    private long since;

    Strangers(MeterRegistry meters, InstantSource clock) {
        this.counter = Counter.builder("weft.refused.strangers")
                .description("refused credentials that belong to no tenant")
                .register(meters);
        this.clock = clock;
    }

    void note(String action, String source, String reason) {
        counter.increment();
        long unsaid = unsaid();
        if (unsaid == 0) return;
        LOG.warn(
                "refused to somebody of no tenant: {} from {}: {} ({} since the last such line)",
                plain(action),
                plain(source),
                plain(reason),
                unsaid);
    }

    /** How many a line now would tell of; 0 while it is too early for one. */
    private synchronized long unsaid() {
        since++;
        Instant now = clock.instant();
        if (logged != null && now.isBefore(logged.plus(PERIOD))) return 0;
        logged = now;
        long told = since;
        since = 0;
        return told;
    }

    /** A stranger chose parts of it: one line of it, and not a long one. */
    private static String plain(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}|\\p{Cf}|\\u2028|\\u2029", "?");
    }
}
