package io.weft.policy.facts;

/**
 * Ready counts in steps: every change of one is a change of every caller's bundle. 0 to 4 are exact; above, steps of
 * about 25 %, with hysteresis: the count must leave the step's neighbourhood before it counts as another. To and from 0
 * at once.
 */
public final class Coarse {
    private Coarse() {}

    /**
     * @param exact how many are ready
     * @param before the coarse count so far; negative when there was none
     */
    public static int of(int exact, int before) {
        if (exact <= 4 || before <= 4) return exact <= 4 ? exact : step(exact);
        // Inside half a step around the old one nothing changes.
        boolean near = exact * 8L >= before * 7L && exact * 8L <= before * 10L;
        return near ? before : step(exact);
    }

    /** The largest step that is not more than the count: 5, 6, 8, 10, 13, 16, 20, 25, … */
    private static int step(int exact) {
        int step = 5;
        while (true) {
            int next = Math.max(step + 1, (int) Math.min(Integer.MAX_VALUE, Math.round(step * 1.25)));
            if (next > exact) return step;
            step = next;
        }
    }
}
