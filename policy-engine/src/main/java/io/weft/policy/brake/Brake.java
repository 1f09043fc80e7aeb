package io.weft.policy.brake;

/**
 * Would this remove too much at once? What does stays, marked stale, until a later session confirms it after a delay or
 * a person does. Asked when facts arrive and when an agent prunes.
 */
public final class Brake {
    /** Fewer than this are ordinary life, whatever share they are. */
    public static final int FREE = 3;

    private Brake() {}

    /** What was judged. */
    public sealed interface Verdict {
        record Allow() implements Verdict {}

        record Hold(String reason) implements Verdict {}
    }

    /**
     * @param what named in the reason: {@code services}
     * @param had how many there are
     * @param removed how many of them would go
     */
    public static Verdict judge(String what, int had, int removed) {
        return removed > FREE && removed * 2L > had
                ? new Verdict.Hold(removed + " of " + had + " " + what + " would go at once")
                : new Verdict.Allow();
    }
}
