package io.weft.bench;

import java.util.Arrays;

/** Durations in nanoseconds, and what of them is told. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int size;

    void add(long duration) {
        if (size == nanos.length) nanos = Arrays.copyOf(nanos, 2 * size);
        nanos[size++] = duration;
    }

    int size() {
        return size;
    }

    /** Milliseconds that this share of the durations does not exceed. */
    double percentile(double share) {
        if (size == 0) throw new IllegalStateException("nothing was measured");
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * size) - 1;
        return sorted[Math.clamp(index, 0, size - 1)] / 1e6;
    }

    /** In milliseconds. */
    double mean() {
        return Arrays.stream(nanos, 0, size).average().orElse(0) / 1e6;
    }

    @Override
    public String toString() {
        return "p50 " + Machine.decimal(percentile(0.5)) + " ms, p99 " + Machine.decimal(percentile(0.99)) + " ms";
    }
}
