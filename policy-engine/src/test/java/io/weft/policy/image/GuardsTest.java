package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.Samples;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Allocated;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Scope;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which of two proposals that were decided on one image excludes the other. */
class GuardsTest {
    private final LogEntry eastDrops =
            acknowledged(Samples.EAST, Samples.set(), Samples.set(Samples.CART_V1), Samples.set());
    private final LogEntry westBeginsToCallEast = calling(Samples.WEST, Samples.EAST);

    @Test
    void beginningToCallAndDroppingExcludeEachOther() {
        assertThat(excludes(eastDrops, westBeginsToCallEast)).isTrue();
        assertThat(excludes(westBeginsToCallEast, eastDrops)).isTrue();
    }

    @Test
    void twoClustersMayBeginToCallAThirdAtOnce() {
        assertThat(excludes(westBeginsToCallEast, calling(Samples.NORTH, Samples.EAST)))
                .isFalse();
    }

    @Test
    void beginningToCallAnotherClusterDoesNotMatterToTheOneThatDrops() {
        assertThat(excludes(calling(Samples.NORTH, Samples.WEST), eastDrops)).isFalse();
    }

    @Test
    void gainingAnAnswerHindersNobody() {
        LogEntry gains = acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set(), Samples.set());

        assertThat(excludes(gains, westBeginsToCallEast)).isFalse();
    }

    @Test
    void oneClusterIsAcknowledgedOneAfterTheOther() {
        assertThat(excludes(westBeginsToCallEast, calling(Samples.WEST, Samples.NORTH)))
                .isTrue();
    }

    @Test
    void ofTwoJudgementsReleasesOrAllocationsTheFirstHolds() {
        LogEntry judged = new Judged(Samples.EAST, Liveness.LOST, null, "");
        LogEntry released = new Released(Scope.of(Samples.SHOP), 4L, new TreeMap<>());
        LogEntry allocated = new Allocated(Samples.map("a.x", "240.10.0.1"), new TreeMap<>());

        assertThat(excludes(judged, judged)).isTrue();
        assertThat(excludes(released, released)).isTrue();
        assertThat(excludes(allocated, allocated)).isTrue();
        assertThat(excludes(judged, new Judged(Samples.WEST, Liveness.LOST, null, "")))
                .isFalse();
        assertThat(excludes(released, new Released(Scope.TENANT, 4L, new TreeMap<>())))
                .isFalse();
        assertThat(excludes(released, allocated)).isFalse();
    }

    /** Whether the second, decided before the first was committed, is dropped. */
    private static boolean excludes(LogEntry first, LogEntry second) {
        return !Collections.disjoint(
                Guards.of(first).writes(), Guards.of(second).reads());
    }

    private static LogEntry calling(ClusterName caller, ClusterName callee) {
        return acknowledged(caller, Samples.set(), Samples.set(), Samples.set(new Call(callee, Samples.CART_V1)));
    }

    private static LogEntry acknowledged(
            ClusterName cluster,
            SortedSet<GatewayName> gained,
            SortedSet<GatewayName> dropping,
            SortedSet<Call> callsGained) {
        return new Acknowledged(
                cluster,
                1,
                gained,
                dropping,
                Samples.set(),
                callsGained,
                Samples.set(),
                new TreeMap<>(),
                Samples.set());
    }
}
