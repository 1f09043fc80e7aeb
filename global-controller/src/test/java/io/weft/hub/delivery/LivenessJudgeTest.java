package io.weft.hub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.delivery.LivenessJudge.Judgement;
import io.weft.hub.delivery.LivenessJudge.Seen;
import io.weft.hub.delivery.LivenessJudge.Verdict;
import io.weft.policy.image.LogEntry.Liveness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LivenessJudgeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(86_400);

    private static Seen<String> open(String name, Liveness called) {
        return new Seen<>(name, called, Optional.empty());
    }

    private static Seen<String> silent(String name, Liveness called, long seconds) {
        return new Seen<>(name, called, Optional.of(NOW.minusSeconds(seconds)));
    }

    @SafeVarargs
    private static Judgement<String> judge(Instant watching, Seen<String>... all) {
        return LivenessJudge.DEFAULT.judge(List.of(all), watching, NOW);
    }

    @SafeVarargs
    private static List<String> verdicts(Seen<String>... all) {
        return judge(LONG_AGO, all).verdicts().stream()
                .map(verdict -> verdict.subject() + " " + verdict.to())
                .toList();
    }

    @Test
    void silenceMakesSuspectThenLostAndASessionConnected() {
        assertThat(verdicts(silent("a", Liveness.CONNECTED, 29))).isEmpty();
        assertThat(verdicts(silent("a", Liveness.CONNECTED, 30))).containsExactly("a SUSPECT");
        assertThat(verdicts(silent("a", Liveness.SUSPECT, 299))).isEmpty();
        assertThat(verdicts(silent("a", Liveness.SUSPECT, 300))).containsExactly("a LOST");
        assertThat(verdicts(open("a", Liveness.LOST))).containsExactly("a CONNECTED");
        assertThat(verdicts(open("a", Liveness.CONNECTED), silent("b", Liveness.LOST, 9_000)))
                .isEmpty();
    }

    @Test
    void silenceCountsOnlySinceSomebodyWatched() {
        assertThat(judge(NOW.minusSeconds(29), silent("a", Liveness.CONNECTED, 9_000))
                        .verdicts())
                .isEmpty();
        assertThat(judge(NOW.minusSeconds(31), silent("a", Liveness.CONNECTED, 9_000))
                        .verdicts())
                .extracting(Verdict::to)
                .containsExactly(Liveness.SUSPECT);
    }

    @Test
    void whoIsStillSilentIsNotBetterBecauseTheWatchBeganAnew() {
        assertThat(judge(NOW, silent("a", Liveness.SUSPECT, 100), silent("b", Liveness.LOST, 400))
                        .verdicts())
                .isEmpty();
    }

    @Test
    void whenMoreFallSilentThanStayNobodyIsJudgedWorseButWhoIsBackIsBack() {
        Judgement<String> judgement = judge(
                LONG_AGO,
                silent("a", Liveness.CONNECTED, 40),
                silent("b", Liveness.CONNECTED, 35),
                silent("c", Liveness.CONNECTED, 5),
                silent("d", Liveness.SUSPECT, 400),
                open("e", Liveness.CONNECTED),
                open("f", Liveness.LOST));

        assertThat(judgement.doubts()).isTrue();
        assertThat(judgement.verdicts()).extracting(Verdict::subject).containsExactly("f");
    }

    @Test
    void aFewOfManyAreJudgedAndSoAreTheOnesOfASmallHub() {
        assertThat(verdicts(
                        silent("a", Liveness.CONNECTED, 40),
                        silent("b", Liveness.CONNECTED, 40),
                        silent("c", Liveness.CONNECTED, 40),
                        open("d", Liveness.CONNECTED),
                        open("e", Liveness.CONNECTED),
                        open("f", Liveness.CONNECTED)))
                .containsExactly("a SUSPECT", "b SUSPECT", "c SUSPECT");
        assertThat(verdicts(silent("a", Liveness.CONNECTED, 40), silent("b", Liveness.CONNECTED, 40)))
                .containsExactly("a SUSPECT", "b SUSPECT");
    }
}
