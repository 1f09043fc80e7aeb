package io.weft.bench;

import io.weft.policy.Samples;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.compile.IncrementalCompiler;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.LogRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One cluster after the weight of one route changed, and the same cluster from nothing. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class CompileBenchmark {
    /** A tenant whose routes change, one by one. */
    @State(Scope.Thread)
    public static class Changing {
        @Param({"1000", "10000"})
        public int services;

        private CompiledTenant tenant = new CompiledTenant(0);
        private IncrementalCompiler compiler = new IncrementalCompiler(tenant.image());
        private List<LogRecord> change = List.of();

        @Setup(Level.Trial)
        public void prepare() {
            tenant = new CompiledTenant(services);
            compiler = tenant.compiler();
        }

        /** The image moves outside of what is timed: it does so with either compiler. */
        @Setup(Level.Invocation)
        public void write() {
            change = tenant.changeARoute();
        }
    }

    /** A tenant as it is. */
    @State(Scope.Thread)
    public static class Still {
        @Param({"1000", "10000"})
        public int services;

        private CompiledTenant tenant = new CompiledTenant(0);

        @Setup(Level.Trial)
        public void prepare() {
            tenant = new CompiledTenant(services);
        }
    }

    @Benchmark
    @Warmup(iterations = 2, time = 3)
    @Measurement(iterations = 2, time = 5)
    public CompiledCluster incremental(Changing state) {
        state.change.forEach(record -> state.compiler.advance(record, state.tenant.imageAt(record)));
        return state.compiler.compile(Samples.EAST);
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public CompiledCluster scratch(Still state) {
        return ScratchCompiler.compile(state.tenant.image(), Samples.EAST);
    }
}
