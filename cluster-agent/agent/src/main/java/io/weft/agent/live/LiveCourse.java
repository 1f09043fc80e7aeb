package io.weft.agent.live;

import io.weft.protocol.v1.Live;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When to read the mesh, what that says of the bundle that was applied last, and when to say it. Reads no clock. */
final class LiveCourse {
    /** Far shorter than istiod's usual debounce of 100 ms: an object should be seen before the push that has it. */
    static final Duration SHORTEST = Duration.ofMillis(25);

    /** How long it may take istiod to see what was applied, and be watched closely meanwhile. */
    static final Duration HURRY = Duration.ofSeconds(2);

    /** A push that was made up before the object came, and sent after, is followed by one that has it. */
    static final Duration CONFIRMED_AFTER = Duration.ofMillis(300);

    static final Duration LONGEST = Duration.ofSeconds(5);
    static final Duration LONGEST_UNREADABLE = Duration.ofSeconds(60);

    /** What is usual is not worth a message. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final Duration REPEATED_AFTER = Duration.ofSeconds(30);
    private static final Duration LONGEST_APPLYING = Duration.ofSeconds(60);

    /** But for that, at most a fifth of the time is spent on reading: in a large mesh an answer has megabytes. */
    private static final int PAUSE_PER_READING = 4;

    private final Measurement measurement;
    private @Nullable Instant applyingUntil;
    private @Nullable Target target;
    private @Nullable Expected expected;
    private Instant appliedAt = Instant.MIN;
    private boolean measuring;
    private @Nullable Instant liveSince;
    private Instant next = Instant.MAX;
    private Duration pause = SHORTEST;
    private @Nullable Live told;
    private Instant toldAt = Instant.MIN;

    LiveCourse(String meshNamespace) {
        this.measurement = new Measurement(meshNamespace);
    }

    /** Objects are about to change: since when istiod has each can only be seen when one looks. */
    void applying(Instant now) {
        applyingUntil = now.plus(LONGEST_APPLYING);
        next = now;
    }

    /** This was applied, as far as it could be; {@link #expect} has to follow. */
    void applied(Target bundle, Instant at) {
        target = bundle;
        expected = null;
        told = null;
        applyingUntil = null;
        measuring = true;
        liveSince = null;
        appliedAt = at;
        pause = SHORTEST;
        next = at;
    }

    /** The objects of the bundle that was applied, as the API server has them since. */
    void expect(Expected objects) {
        expected = objects;
    }

    /** The same bundle was applied again, and nothing had to be written. */
    void stillApplied(Instant now) {
        applyingUntil = null;
        next = measuring ? now : Instant.MAX;
    }

    /** When to read; {@link Instant#MAX} for not before something happens. */
    Instant next() {
        return next;
    }

    /** What the hub knows of the bundle that is applied, for one that may have forgotten. */
    Optional<Live> told() {
        return Optional.ofNullable(told);
    }

    private boolean isApplying(Instant now) {
        return applyingUntil != null && now.isBefore(applyingUntil);
    }

    /**
     * @param took how long it took to read
     * @return what is to be said
     */
    Optional<Live> read(List<IstiodReading> readings, Collection<MeshedPod> pods, Instant now, Duration took) {
        measurement.look(readings, now);
        if (target == null || expected == null || !measuring || isApplying(now)) {
            next = isApplying(now) ? now.plus(longest(SHORTEST, took)) : Instant.MAX;
            return Optional.empty();
        }
        Verdict verdict = measurement.judge(expected, readings, pods, now);
        if (verdict.live()) return live(verdict, target, now);
        liveSince = null;
        boolean hurry = !verdict.reason().isEmpty() && now.isBefore(appliedAt.plus(HURRY));
        next = now.plus(hurry ? longest(SHORTEST, took) : longest(pause, took.multipliedBy(PAUSE_PER_READING)));
        if (!hurry) pause = shortest(pause.multipliedBy(3).dividedBy(2), LONGEST);
        return say(verdict.of(target), now);
    }

    private Optional<Live> live(Verdict verdict, Target of, Instant now) {
        if (liveSince == null) liveSince = now;
        if (now.isBefore(liveSince.plus(CONFIRMED_AFTER))) {
            next = now.plus(CONFIRMED_AFTER);
            return Optional.empty();
        }
        measurement.settle();
        measuring = false;
        next = Instant.MAX;
        told = verdict.of(of);
        return Optional.of(told);
    }

    /** The mesh could not be asked, or not all of it. */
    Optional<Live> unreadable(String reason, Instant now) {
        liveSince = null;
        if (target == null || !measuring || isApplying(now)) {
            next = isApplying(now) ? now.plus(PATIENCE) : Instant.MAX;
            return Optional.empty();
        }
        next = now.plus(longest(pause, PATIENCE));
        pause = shortest(pause.multipliedBy(2), LONGEST_UNREADABLE);
        return say(Verdict.unreadable(reason).of(target), now);
    }

    private Optional<Live> say(Live live, Instant now) {
        boolean news = !live.equals(told);
        Instant notBefore = told == null ? appliedAt.plus(PATIENCE) : toldAt.plus(news ? PATIENCE : REPEATED_AFTER);
        if (now.isBefore(notBefore)) return Optional.empty();
        told = live;
        toldAt = now;
        return Optional.of(live);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
