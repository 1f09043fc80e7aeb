package io.weft.bench;

import io.weft.it.real.RealClusterBinaries;
import io.weft.it.whole.WeftProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the figures that are named, or all, and prints a Markdown table. One hub serves them all, in an order in which
 * none disturbs the next.
 */
public final class Benchmarks implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "compile",
            "hub-start",
            "route-change",
            "write-spans",
            "reconnect",
            "idle",
            "agent-memory",
            "lists",
            "clusters");
    private static final int FLEET = Integer.getInteger("agents", 1_000);
    private static final boolean SHORT = Boolean.getBoolean("short");

    private final Figures figures = new Figures(System.out);
    private @Nullable WeftProcess weft;
    private @Nullable Fleet fleet;

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> wanted = new LinkedHashSet<>(Arrays.asList(arguments));
        if (wanted.remove("all")) wanted.addAll(NAMES);
        if (wanted.isEmpty() || !NAMES.containsAll(wanted)) {
            System.err.println("usage: run.sh all | " + String.join(" | ", NAMES));
            System.exit(2);
        }
        boolean failed = false;
        try (Benchmarks benchmarks = new Benchmarks()) {
            for (String name : NAMES) if (wanted.contains(name)) failed |= !benchmarks.taken(name);
        }
        System.exit(failed ? 1 : 0); // whatever a library left running
    }

    /** One that fails leaves the others their chance. */
    private boolean taken(String name) {
        try {
            take(name);
            return true;
        } catch (Exception e) {
            Figures.progress(name + " failed: " + e);
            e.printStackTrace();
            return false;
        }
    }

    private void take(String name) throws Exception {
        switch (name) {
            case "compile" -> Compiling.run(figures);
            case "hub-start" -> hubStart();
            case "route-change" -> routeChange();
            case "write-spans" -> writeSpans();
            case "reconnect" -> reconnect();
            case "idle" -> idle();
            case "agent-memory" -> agentMemory();
            case "lists" -> Lists.run(figures, SHORT ? 1_000 : 10_000, SHORT ? 20 : 200);
            case "clusters" -> WholeClusters.run(figures, SHORT ? Math.min(FLEET, 50) : FLEET);
            default -> throw new IllegalArgumentException(name);
        }
    }

    private WeftProcess weft() {
        if (weft == null) weft = WeftProcess.up(1, "127.0.0.1");
        return weft;
    }

    private Fleet fleet(int size) {
        Fleet there = fleet;
        if (there == null) fleet = there = new Fleet(weft());
        there.growTo(size);
        return there;
    }

    private void hubStart() {
        Figures.progress("hub start");
        double cold = HubStart.seconds(this::weft);
        figures.row(
                "`./weft up` until ready, empty data folder (`initdb` included)",
                Machine.decimal(cold) + " s (hub " + HubStart.own(weft()) + " s)",
                "",
                "hub-start");
        for (String time : List.of("existing data folder", "the same once more")) {
            figures.row("`./weft up` until ready, " + time, HubStart.again(weft()), "", "hub-start");
        }
    }

    private void routeChange() throws InterruptedException {
        changes(
                "1 agent connected, concerns it",
                RouteChange.ofPair(fleet(1)),
                SHORT ? 200 : 1_500,
                SHORT ? 200 : 1_000,
                true);
        RouteChange few = RouteChange.ofPair(fleet(FLEET));
        changes(agents() + ", concerns 2", few, SHORT ? 50 : 1_000, SHORT ? 100 : 1_000, true);
        RouteChange all = RouteChange.ofAll(fleet(FLEET));
        changes(agents() + ", concerns all", all, SHORT ? 5 : 20, SHORT ? 10 : 40, false);
    }

    private void writeSpans() throws InterruptedException {
        Fleet all = fleet(FLEET);
        Figures.progress("the parts of a change");
        WriteSpans.run(figures, all, RouteChange.ofPair(all), SHORT ? 200 : 1_000, SHORT ? 200 : 1_000);
    }

    private static String agents() {
        return "%,d agents connected".formatted(FLEET);
    }

    private void changes(String who, RouteChange change, int warm, int count, boolean targets)
            throws InterruptedException {
        Figures.progress("route changes: " + who);
        Spread.Samples samples = change.measure(warm, count);
        String what = "`PUT` of a route → %s; " + who + " (%,d changes)".formatted(count);
        row(what.formatted("answered"), samples.answered.toString(), "");
        row(what.formatted("bundle at the agents"), samples.arrived.toString(), targets ? "p50 1.5 ms, p99 6 ms" : "");
        row(
                what.formatted("applied by the agents"),
                samples.applied.toString(),
                targets ? "p50 ≤ 5 ms, p99 ≤ 20 ms" : "");
        row(what.formatted("applied by the last of them"), samples.lastApplied.toString(), "");
    }

    private void row(String what, String figure, String target) {
        figures.row(what, figure, target, "route-change");
    }

    private void reconnect() {
        Fleet all = fleet(FLEET);
        Figures.progress("reconnect");
        Reconnect.Result result = new Reconnect(all).measure();
        figures.row(
                "%,d agents come back after the hub was stopped and started, nothing changed".formatted(FLEET),
                "all in sync %s s after the agents' port opened (all welcomed after %s s; port open %s s after the stop)"
                        .formatted(seconds(result.sync()), seconds(result.welcomed()), seconds(result.restart())),
                "≤ 15 s for 10,000",
                "reconnect");
        figures.row(
                "configuration sent to them meanwhile",
                "%d bundles; %,d bytes received by each agent's socket, TLS handshake included"
                        .formatted(result.bundles(), result.received()),
                "≤ 300 B of configuration each",
                "reconnect");
    }

    private static String seconds(Duration time) {
        return Machine.decimal(time.toMillis() / 1e3);
    }

    private void idle() {
        Fleet all = fleet(FLEET);
        Figures.progress("idle agents");
        Idle.Result result = Idle.measure(all);
        fleet = null;
        figures.row(
                "hub with %,d idle agents, over 60 s".formatted(FLEET),
                "%s %% of a core (%s %% without them)"
                        .formatted(Machine.decimal(result.percent()), Machine.decimal(result.percentWithout())),
                "≤ 0.5 % per 1,000",
                "idle");
        figures.row(
                "its heap after a full collection",
                "%s MiB (%s MiB after they hung up); %s MiB resident"
                        .formatted(
                                Machine.decimal(result.heap()),
                                Machine.decimal(result.heapWithout()),
                                Machine.decimal(result.resident())),
                "≤ 16 MiB per 1,000",
                "idle");
    }

    private void agentMemory() throws Exception {
        switch (RealClusterBinaries.find()) {
            case RealClusterBinaries.Lookup.Found found -> AgentMemory.run(figures, weft());
            case RealClusterBinaries.Lookup.Absent absent -> Figures.progress("agent-memory: " + absent.reason());
        }
    }

    @Override
    public void close() {
        if (fleet != null) fleet.close();
        if (weft != null) weft.close();
    }
}
