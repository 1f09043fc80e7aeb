package io.weft.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.Dice;
import io.weft.policy.History;
import io.weft.policy.RandomHistory;
import io.weft.policy.Samples;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the history, and however it is cut: the incremental compiler equals the one without index or memory. */
class CompilerPropertyTest {
    /** Raised by {@code -Dseeds} for a longer search. */
    private static final long SEEDS = Long.getLong("seeds", 100);

    private static final List<ClusterName> CLUSTERS = List.of(Samples.EAST, Samples.WEST, Samples.NORTH);

    @Test
    void incrementalEqualsScratchAtEveryPosition() {
        for (long seed = 0; seed < SEEDS; seed++) {
            History history = RandomHistory.of(seed, 60);
            TenantImage image = history.empty();
            IncrementalCompiler incremental = new IncrementalCompiler(image);
            for (LogRecord record : history.records()) {
                image = image.apply(record);
                incremental.advance(record, image);
                for (ClusterName cluster : CLUSTERS) same(seed, image, cluster, incremental.compile(cluster));
            }
        }
    }

    @Test
    void anyBatchingFromAnyStartGivesTheSameBytes() {
        for (long seed = 1000; seed < 1000 + 3 * SEEDS; seed++) {
            History history = RandomHistory.of(seed, 60);
            Dice dice = new Dice(seed);
            int start = dice.below(60);
            TenantImage image = history.empty();
            for (LogRecord record : history.records().subList(0, start)) image = image.apply(record);
            IncrementalCompiler incremental = new IncrementalCompiler(image);
            for (LogRecord record :
                    history.records().subList(start, history.records().size())) {
                image = image.apply(record);
                incremental.advance(record, image);
                for (ClusterName cluster : CLUSTERS) {
                    if (dice.chance(10)) same(seed, image, cluster, incremental.compile(cluster));
                }
            }
            for (ClusterName cluster : CLUSTERS) same(seed, image, cluster, incremental.compile(cluster));
        }
    }

    @Test
    void onlyClustersThatAreNamedAsAffectedChange() {
        for (long seed = 3000; seed < 3000 + SEEDS; seed++) {
            History history = RandomHistory.of(seed, 60);
            TenantImage image = history.empty();
            IncrementalCompiler incremental = new IncrementalCompiler(image);
            Map<ClusterName, CompiledCluster> last = new HashMap<>();
            for (ClusterName cluster : CLUSTERS) last.put(cluster, incremental.compile(cluster));
            for (LogRecord record : history.records()) {
                image = image.apply(record);
                Set<ClusterName> affected = incremental.advance(record, image);
                for (ClusterName cluster : CLUSTERS) {
                    CompiledCluster now = ScratchCompiler.compile(image, cluster);
                    CompiledCluster before = last.put(cluster, now);
                    if (affected.contains(cluster) || before == null) continue;
                    assertThat(now.bundle())
                            .as(
                                    "seed %d, position %d, cluster %s, not affected by %s",
                                    seed, image.position(), cluster, record.entry())
                            .isEqualTo(before.bundle());
                    assertThat(now.answers()).isEqualTo(before.answers());
                    assertThat(now.calls()).isEqualTo(before.calls());
                }
            }
        }
    }

    private static void same(long seed, TenantImage image, ClusterName cluster, CompiledCluster incremental) {
        CompiledCluster scratch = ScratchCompiler.compile(image, cluster);
        String where = "seed " + seed + ", position " + image.position() + ", cluster " + cluster;
        if (!incremental.bundle().equals(scratch.bundle())) {
            assertThat(incremental.bundle().objects())
                    .as(where)
                    .isEqualTo(scratch.bundle().objects());
        }
        assertThat(incremental.bundle().version())
                .as(where)
                .isEqualTo(scratch.bundle().version());
        assertThat(incremental.answers()).as(where).isEqualTo(scratch.answers());
        assertThat(incremental.calls()).as(where).isEqualTo(scratch.calls());
        assertThat(incremental.findings()).as(where).isEqualTo(scratch.findings());
    }
}
