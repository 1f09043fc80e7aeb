package io.weft.bench;

import java.time.Duration;

/** What agents that have nothing to say cost the hub, beside what it costs without them. */
final class Idle {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(20);

    /**
     * @param percent of one core, with the agents
     * @param percentWithout of one core, after they hung up
     * @param heap mebibytes in use after a full collection, with the agents
     * @param heapWithout the same, without
     */
    record Result(double percent, double percentWithout, double heap, double heapWithout, double resident) {}

    private Idle() {}

    /** The fleet is closed after it. */
    static Result measure(Fleet fleet) {
        long hub = fleet.weft().hub(1).pid();
        fleet.settle();
        double percent = percent(hub, LONG);
        double heap = Tools.usedMebibytes(hub);
        double resident = Machine.residentMebibytes(hub);
        fleet.close();
        Fleet.pause(Duration.ofSeconds(5));
        double heapWithout = Tools.usedMebibytes(hub);
        return new Result(percent, percent(hub, SHORT), heap, heapWithout, resident);
    }

    private static double percent(long pid, Duration time) {
        double before = Machine.cpuSeconds(pid);
        long begun = System.nanoTime();
        Fleet.pause(time);
        return (Machine.cpuSeconds(pid) - before) / ((System.nanoTime() - begun) / 1e9) * 100;
    }
}
