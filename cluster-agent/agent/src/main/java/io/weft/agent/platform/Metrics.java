package io.weft.agent.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counters and gauges by name, in the text form of Prometheus. */
public final class Metrics {
    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();

    public void count(String name, long by) {
        counters.computeIfAbsent(name, each -> new LongAdder()).add(by);
    }

    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        counters.forEach((name, value) -> line(out, name, "counter", value.sum()));
        gauges.forEach((name, value) -> line(out, name, "gauge", value.getAsLong()));
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String type, long value) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        out.append(name).append(' ').append(value).append('\n');
    }
}
