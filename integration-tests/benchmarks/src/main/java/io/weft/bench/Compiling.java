package io.weft.bench;

import io.weft.policy.image.TenantImage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.util.Collection;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the compiler's benchmarks with JMH and tells them, and what the compiler keeps in memory. */
final class Compiling {
    private Compiling() {}

    static void run(Figures figures) throws RunnerException {
        Figures.progress("compiling, with JMH");
        Collection<RunResult> results = new Runner(
                        new OptionsBuilder()
                                .include(CompileBenchmark.class.getName())
                                .shouldFailOnError(true)
                                .build(),
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT))
                .run();
        for (RunResult each : results) tell(figures, each);
        for (int services : new int[] {1_000, 10_000}) memory(figures, services);
    }

    private static void tell(Figures figures, RunResult each) {
        Result<?> primary = each.getPrimaryResult();
        Statistics micros = primary.getStatistics();
        String services = each.getParams().getParam("services") + " services, 3 clusters";
        if (primary.getLabel().equals("incremental")) {
            figures.row(
                    "one cluster compiled after the weight of one route changed; " + services,
                    "p50 %s µs, p99 %s µs (mean %s µs)"
                            .formatted(
                                    Machine.decimal(micros.getPercentile(50)),
                                    Machine.decimal(micros.getPercentile(99)),
                                    Machine.decimal(micros.getMean())),
                    services.startsWith("10000") ? "≤ 250 µs, ≥ 1,000 times faster than from scratch" : "",
                    "compile");
        } else {
            figures.row(
                    "the same cluster from scratch; " + services,
                    Machine.decimal(micros.getMean() / 1e6) + " s (mean of " + micros.getN() + ")",
                    "",
                    "compile");
        }
    }

    private static void memory(Figures figures, int services) {
        double before = used();
        CompiledTenant tenant = new CompiledTenant(services);
        double both = used() - before;
        Reference.reachabilityFence(tenant);
        TenantImage image = tenant.image();
        tenant = new CompiledTenant(0);
        double model = used() - before;
        Reference.reachabilityFence(image);
        Reference.reachabilityFence(tenant);
        figures.row(
                "heap of image, log records and compiled bundles; " + services + " services, 3 clusters",
                "%s MiB, of it the image alone %s MiB: %s times"
                        .formatted(Machine.decimal(both), Machine.decimal(model), Machine.decimal(both / model)),
                services == 10_000 ? "≤ 3 times the plain model" : "",
                "compile");
    }

    private static double used() {
        for (int i = 0; i < 3; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / 1024.0;
    }
}
