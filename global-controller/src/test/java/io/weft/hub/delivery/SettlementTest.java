package io.weft.hub.delivery;

import static io.weft.policy.Samples.EAST;
import static io.weft.policy.Samples.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.delivery.Settlement.Verdict;
import io.weft.hub.world.ReplicaCompiler.Compiled;
import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.ObjectRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final Instant START = Samples.START;
    private static final SessionLimits LIMITS = SessionLimits.DEFAULT;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final BundleTarget target = target();
    private final Settlement settlement = new Settlement(LIMITS);

    private static BundleTarget target() {
        var image = History.shop(TENANT).image();
        return new BundleTarget(new Compiled(ScratchCompiler.compile(image, EAST), image));
    }

    private void applied(Instant at, ObjectRefusal... refusals) {
        settlement.applied(target.version(), List.of(refusals));
        settlement.await(target, List.of(refusals), at);
    }

    private void says(LiveState state) {
        says(state, 1);
    }

    private void says(LiveState state, int gatewaysWaiting) {
        settlement.heard(Live.newBuilder()
                .setVersion(target.version().bytes())
                .setState(state)
                .setGatewaysWaiting(gatewaysWaiting)
                .build());
    }

    @Test
    void anAgentThatReadsTheMeshIsWaitedFor() {
        settlement.agentReads(true);
        applied(START);
        assertThat(settlement.verdict(START.plus(LIMITS.longestSettle()).minus(MOMENT)))
                .isEqualTo(Verdict.WAIT);
        says(LiveState.LIVE_STATE_WAITING);
        assertThat(settlement.verdict(START)).isEqualTo(Verdict.WAIT);

        says(LiveState.LIVE_STATE_LIVE);

        assertThat(settlement.verdict(START)).isEqualTo(Verdict.ALL);
    }

    @Test
    void withoutSuchAnAgentTimeHasToDo() {
        applied(START);

        assertThat(settlement.verdict(START.plus(LIMITS.settle()).minus(MOMENT)))
                .isEqualTo(Verdict.WAIT);
        assertThat(settlement.verdict(START.plus(LIMITS.settle()))).isEqualTo(Verdict.ALL);
    }

    @Test
    void soItDoesWhereTheMeshCannotBeReadAtPresent() {
        settlement.agentReads(true);
        applied(START);
        says(LiveState.LIVE_STATE_UNREADABLE);

        assertThat(settlement.verdict(START.plus(LIMITS.settle()).minus(MOMENT)))
                .isEqualTo(Verdict.WAIT);
        assertThat(settlement.verdict(START.plus(LIMITS.settle()))).isEqualTo(Verdict.ALL);
    }

    @Test
    void aRefusedObjectDoesNotHoldUpTheNamesOfOthers() {
        settlement.agentReads(true);
        applied(START, ObjectRefusal.newBuilder().setKey("k").build());

        assertThat(settlement.verdict(START.plus(LIMITS.settle()))).isEqualTo(Verdict.ALL);
    }

    @Test
    void aProxyThatNeverAnswersHoldsUpTheSessionOnlySoLongAndItsNamesAreNotCountedOn() {
        settlement.agentReads(true);
        applied(START);
        says(LiveState.LIVE_STATE_REJECTED);
        Instant late = START.plus(LIMITS.longestSettle());
        assertThat(settlement.verdict(late)).isEqualTo(Verdict.WITHOUT_GAINS);

        settlement.logged(Verdict.WITHOUT_GAINS);
        assertThat(settlement.onlyGains()).isTrue();
        assertThat(settlement.verdict(late.plus(LIMITS.longestSettle()))).isEqualTo(Verdict.WAIT);

        says(LiveState.LIVE_STATE_LIVE);
        assertThat(settlement.verdict(late)).isEqualTo(Verdict.ALL);
    }

    @Test
    void aSidecarThatNeverAnswersIsNoReasonNotToBeCalled() {
        settlement.agentReads(true);
        applied(START);
        says(LiveState.LIVE_STATE_WAITING, 0);
        assertThat(settlement.verdict(START)).isEqualTo(Verdict.WAIT);

        assertThat(settlement.verdict(START.plus(LIMITS.longestSettle()))).isEqualTo(Verdict.ALL);
    }

    @Test
    void anAgentThatNeverSaysAWordIsFoundOut() {
        settlement.agentReads(true);
        applied(START);
        settlement.logged(settlement.verdict(START.plus(LIMITS.longestSettle())));
        Instant late = START.plus(Settlement.SILENT_AFTER);
        assertThat(settlement.unspoken(late.minus(MOMENT))).isFalse();
        assertThat(settlement.unspoken(late)).isTrue();

        says(LiveState.LIVE_STATE_WAITING);

        assertThat(settlement.unspoken(late)).isFalse();
    }

    @Test
    void anAgentThatCannotSayIsNotAsked() {
        applied(START);

        assertThat(settlement.unspoken(START.plus(Settlement.SILENT_AFTER))).isFalse();
    }

    @Test
    void aNewerBundleTakesOverWhatTheOlderOneBrought() {
        applied(START);

        settlement.superseded();

        assertThat(settlement.waiting()).isNull();
        assertThat(settlement.verdict(START.plus(LIMITS.longestSettle()))).isEqualTo(Verdict.WAIT);
    }

    @Test
    void whatWasInForceOfARefusedBundleSaysNothingOfItsNextTry() {
        settlement.agentReads(true);
        applied(START, ObjectRefusal.newBuilder().setKey("k").build());
        says(LiveState.LIVE_STATE_LIVE);
        assertThat(settlement.verdict(START)).isEqualTo(Verdict.ALL);

        applied(START);

        assertThat(settlement.verdict(START)).isEqualTo(Verdict.WAIT);
    }
}
