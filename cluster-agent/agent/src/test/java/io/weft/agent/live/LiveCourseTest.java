package io.weft.agent.live;

import static io.weft.agent.live.Readings.expected;
import static io.weft.agent.live.Readings.object;
import static io.weft.agent.live.Readings.pod;
import static io.weft.agent.live.Readings.reading;
import static io.weft.agent.live.Readings.sidecar;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.agent.apply.ObservedObject;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCourseTest {
    private static final ObservedObject ROUTE = object("VirtualService", "shop", "cart", 1, "{exportTo: [web]}");
    private static final Target BUNDLE = new Target(Digest.ofHex("ab".repeat(32)), new Place(1, 7));
    private static final Duration TOOK = Duration.ofMillis(1);

    private final LiveCourse course = new LiveCourse("istio-system");
    private final List<Live> said = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** As the thread does: at the time when it is due. */
    private void read(List<ObservedObject> objects, long push) {
        now = course.next();
        course.read(
                        List.of(reading("istiod", objects, sidecar("web-1.web", push))),
                        List.of(pod("web-1", "web")),
                        now,
                        TOOK)
                .ifPresent(said::add);
    }

    private void applied() {
        course.applying(now);
        read(List.of(), 6);
        course.applied(BUNDLE, now);
        course.expect(expected(ROUTE));
    }

    @Test
    void nothingIsReadBeforeSomethingIsApplied() {
        assertThat(course.next()).isEqualTo(Instant.MAX);
    }

    @Test
    void liveIsSaidWhenASecondLookConfirmsItAndThenItIsQuiet() {
        applied();
        read(List.of(ROUTE), 6);
        read(List.of(ROUTE), 7);
        assertThat(said).isEmpty();

        read(List.of(ROUTE), 7);

        assertThat(said).hasSize(1);
        assertThat(said.getFirst().getState()).isEqualTo(LiveState.LIVE_STATE_LIVE);
        assertThat(said.getFirst().getPosition()).isEqualTo(7);
        assertThat(course.next()).isEqualTo(Instant.MAX);
        assertThat(course.told()).contains(said.getFirst());
    }

    @Test
    void whileIstiodHasNotSeenItIsWatchedClosely() {
        applied();

        read(List.of(), 6);

        assertThat(course.next()).isEqualTo(now.plus(LiveCourse.SHORTEST));
    }

    @Test
    void whoWaitsLongReadsRarelyAndRepeatsItself() {
        applied();
        Instant begin = now;
        int readings = 0;
        while (now.isBefore(begin.plus(Duration.ofSeconds(14)))) {
            read(List.of(ROUTE), 6);
            readings++;
        }
        assertThat(readings).isLessThan(25);
        assertThat(said).hasSize(1);
        assertThat(said.getFirst().getState()).isEqualTo(LiveState.LIVE_STATE_WAITING);
        assertThat(said.getFirst().getStragglers(0).getProxy()).isEqualTo("web-1.web");
    }

    @Test
    void anUnreadableMeshIsSaidOnceAndAskedEverMoreRarely() {
        applied();
        Instant begin = now;
        int tries = 0;
        while (now.isBefore(begin.plus(Duration.ofSeconds(28)))) {
            now = course.next();
            course.unreadable("no token", now).ifPresent(said::add);
            tries++;
        }

        assertThat(tries).isLessThan(15);
        assertThat(said).hasSize(1);
        assertThat(said.getFirst().getState()).isEqualTo(LiveState.LIVE_STATE_UNREADABLE);
        assertThat(said.getFirst().getReason()).isEqualTo("no token");
        assertThat(course.next()).isBefore(now.plusSeconds(61));
    }

    @Test
    void whatStandsIsSaidAgainNowAndThen() {
        applied();
        Instant begin = now;
        while (now.isBefore(begin.plus(Duration.ofMinutes(10)))) {
            now = course.next();
            course.unreadable("no token", now).ifPresent(said::add);
        }

        assertThat(said).hasSizeBetween(9, 21);
    }

    @Test
    void theSameBundleAppliedAgainChangesNothing() {
        applied();
        read(List.of(ROUTE), 6);
        read(List.of(ROUTE), 7);
        read(List.of(ROUTE), 7);

        course.stillApplied(now);

        assertThat(course.next()).isEqualTo(Instant.MAX);
        assertThat(course.told()).isPresent();
    }
}
