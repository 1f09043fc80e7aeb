package io.weft.bench;

import io.weft.it.whole.WeftProcess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From {@code ./weft up} to ready, PostgreSQL included; and of that, what the hub itself says it took. */
final class HubStart {
    private static final Pattern STARTED = Pattern.compile("Started HubApplication in ([0-9.]+) seconds");

    private HubStart() {}

    /** The time in seconds of whatever brings it up. */
    static double seconds(Runnable up) {
        long begun = System.nanoTime();
        up.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    /** What the newest start in its log took. */
    static String own(WeftProcess weft) {
        Matcher started = STARTED.matcher(weft.weft("logs", "hub-1"));
        String last = "?";
        while (started.find()) last = started.group(1);
        return last;
    }

    static String again(WeftProcess weft) {
        weft.weft("down");
        double seconds = seconds(weft::start);
        return Machine.decimal(seconds) + " s (hub " + own(weft) + " s)";
    }
}
