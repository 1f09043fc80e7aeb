package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps two controllers that fight over an object from doing it at full speed: each correction doubles the pause. */
final class CorrectionLimit {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final Map<ObjectKey, Pause> pauses = new TreeMap<>();
    private final Set<ObjectKey> waiting = new TreeSet<>();

    private record Pause(Instant until, Duration length) {}

    /** Those that may be corrected now, with those that waited long enough. */
    Set<ObjectKey> admit(Collection<ObjectKey> suspects, Instant now) {
        pauses.values().removeIf(pause -> pause.until().plus(FORGET).isBefore(now));
        waiting.addAll(suspects);
        Set<ObjectKey> admitted = new TreeSet<>();
        for (ObjectKey key : waiting) {
            Pause pause = pauses.get(key);
            if (pause != null && now.isBefore(pause.until())) continue;
            admitted.add(key);
            Duration length = pause == null ? FIRST : pause.length().multipliedBy(2);
            if (length.compareTo(LONGEST) > 0) length = LONGEST;
            pauses.put(key, new Pause(now.plus(length), length));
        }
        waiting.removeAll(admitted);
        return admitted;
    }

    /** When the next that waits may be corrected. */
    Instant earliest() {
        return waiting.stream()
                .map(key -> pauses.containsKey(key) ? pauses.get(key).until() : Instant.MIN)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
