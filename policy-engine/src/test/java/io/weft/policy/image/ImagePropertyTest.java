package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.RandomHistory;
import io.weft.policy.Samples;
import io.weft.policy.bundle.Canonical;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.Scope;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What holds for every log; each failure names its seed. */
class ImagePropertyTest {
    private static final int SEEDS = 1_000;
    private static final int RECORDS = 60;
    private static final List<ClusterName> CLUSTERS = List.of(Samples.EAST, Samples.WEST, Samples.NORTH);
    private static final List<GnsName> SPACES = List.of(Samples.SHOP, new GnsName("depot"));

    @Test
    void imageFromRowsEqualsImageReplayedAtEveryPosition() {
        forEachHistory(SEEDS / 10, (seed, history) -> {
            Rows rows = new Rows();
            TenantImage image = history.empty();
            for (LogRecord record : history.records()) {
                rows.apply(record);
                image = image.apply(record);
                TenantImage loaded = rows.load(history.empty(), image);
                assertThat(loaded)
                        .as("seed %d, position %d", seed, record.position())
                        .isEqualTo(image);
            }
        });
    }

    @Test
    void aReplicaThatLoadsAndThenReplaysTheRestHoldsTheSameImage() {
        forEachHistory(SEEDS, (seed, history) -> {
            Rows rows = new Rows();
            int half = (int) (seed % history.records().size());
            TenantImage image = history.empty();
            for (LogRecord record : history.records().subList(0, half)) {
                rows.apply(record);
                image = image.apply(record);
            }

            TenantImage late = rows.load(history.empty(), image);
            assertThat(late).as("seed %d, loaded at %d", seed, half).isEqualTo(image);
            for (LogRecord record :
                    history.records().subList(half, history.records().size())) late = late.apply(record);

            assertThat(late).as("seed %d, loaded at %d", seed, half).isEqualTo(history.image());
        });
    }

    @Test
    void whatAClusterSeesIsThePrefixOfHistoryReleasedToIt() {
        forEachHistory(SEEDS, (seed, history) -> {
            Oracle oracle = new Oracle();
            TenantImage image = history.empty();
            for (LogRecord record : history.records()) {
                oracle.apply(record);
                image = image.apply(record);
            }
            for (ClusterName cluster : CLUSTERS) {
                assertSees(seed, image, oracle, Scope.TENANT, cluster);
                for (GnsName gns : SPACES) {
                    assertSees(seed, image, oracle, Scope.of(gns), cluster);
                    assertThat(image.membershipAt(gns, image.released(Scope.of(gns), cluster)))
                            .as("seed %d, members of %s for %s", seed, gns, cluster)
                            .isEqualTo(oracle.members(gns, cluster));
                }
            }
        });
    }

    private static void assertSees(long seed, TenantImage image, Oracle oracle, Scope scope, ClusterName cluster) {
        assertThat(image.resourcesAt(scope, image.released(scope, cluster)))
                .as("seed %d, %s for %s", seed, scope, cluster)
                .isEqualTo(oracle.seen(scope, cluster));
    }

    @Test
    void entriesSurviveTheirBytesAndTheseAreCanonical() {
        forEachHistory(SEEDS, (seed, history) -> {
            for (LogRecord record : history.records()) {
                byte[] bytes = LogCodec.encode(record.entry());
                assertThat(LogCodec.open(record.position(), record.parent(), record.hash(), record.time(), bytes))
                        .as("seed %d, position %d", seed, record.position())
                        .isEqualTo(record);
                assertThat(Canonical.bytes(LogCodec.MAPPER.readTree(bytes))).isEqualTo(bytes);
            }
        });
    }

    @Test
    void onlyVersionsThatSomeClusterMayHaveAreKept() {
        forEachHistory(
                SEEDS,
                (seed, history) -> history.image().scopes().forEach((scope, state) -> {
                    long least = state.release().least();
                    state.versions()
                            .values()
                            .forEach(versions -> assertThat(
                                            versions.headMap(least + 1).size())
                                    .as("seed %d, %s, versions up to %d of %s", seed, scope, least, versions)
                                    .isLessThanOrEqualTo(1));
                }));
    }

    private static void forEachHistory(int seeds, BiConsumer<Long, History> check) {
        for (long seed = 0; seed < seeds; seed++) check.accept(seed, RandomHistory.of(seed, RECORDS));
    }
}
