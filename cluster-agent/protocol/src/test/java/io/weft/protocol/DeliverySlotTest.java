package io.weft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliverySlotTest {
    private final Samples.TestTarget one = Samples.target(5, "a", "1", "b", "1");
    private final Samples.TestTarget two = Samples.target(6, "a", "2", "c", "1");
    private final Samples.TestTarget three = Samples.target(7, "a", "3");
    private final Place head = new Place(1, 9);

    @Test
    void equalVersionsSendNothing() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_APPLIED).compiled(one);

        assertThat(hub.sent()).isEmpty();
    }

    @Test
    void acknowledgementThatWasLostIsLoggedAtTheNextHello() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_APPLIED).compiled(one);

        assertThat(hub.effects).containsExactly(new HubEffect.CommitOutcome(one, List.of()));
    }

    @Test
    void pendingBundleOfAnEarlierSessionIsAwaited() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_PENDING).compiled(one);
        assertThat(hub.effects).isEmpty();

        hub.applied(one);
        assertThat(hub.effects).containsExactly(new HubEffect.CommitOutcome(one, List.of()));
    }

    @Test
    void pendingBundleThatIsAppliedBeforeTheCompileIsLogged() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_PENDING);
        assertThat(hub.applied(one).effects).isEmpty();

        hub.compiled(one);

        assertThat(hub.effects).containsExactly(new HubEffect.CommitOutcome(one, List.of()));
    }

    @Test
    void unknownVersionIsAskedForItsHashesAndGetsOnlyTheDifference() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_APPLIED).compiled(two);
        assertThat(hub.sent()).singleElement().matches(HubMessage::hasSendHashes);

        hub.receive(Messages.hashes(Samples.hashes(one.objects())));
        assertThat(hub.effects).containsExactly(new HubEffect.CommitIntents(two));

        BundleChunk chunk = hub.intentsCommitted().drain().getFirst().getBundleChunk();
        assertThat(chunk.getPutsList()).extracting("key").containsExactly("a", "c");
        assertThat(chunk.getRemovalsList()).extracting("key").containsExactly("b");
        assertThat(chunk.getFromVersion()).isEqualTo(one.version().bytes());
        assertThat(chunk.getLast()).isTrue();
    }

    @Test
    void nothingIsSentBeforeItsIntentsAreLogged() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one);

        assertThat(hub.sent()).isEmpty();
        assertThat(hub.of(HubEffect.CommitIntents.class)).hasSize(1);
        assertThat(hub.intentsCommitted().sent()).hasSize(1);
    }

    @Test
    void refusedIntentsMakeItCompileAgain() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one);

        hub.on(new HubEvent.IntentsRefused(hub.now));

        assertThat(hub.effects).containsExactly(new HubEffect.Compile());
    }

    @Test
    void newestWinsAndTheOneInFlightIsFinishedFirst() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();

        assertThat(hub.changed().effects).isEmpty();
        assertThat(hub.changed().effects).isEmpty();
        assertThat(hub.applied(one).of(HubEffect.CommitOutcome.class)).hasSize(1);
        assertThat(hub.ackCommitted().effects).containsExactly(new HubEffect.Compile());

        BundleChunk chunk =
                hub.compiled(three).intentsCommitted().drain().getFirst().getBundleChunk();
        assertThat(chunk.getFromVersion()).isEqualTo(one.version().bytes());
        assertThat(chunk.getVersion()).isEqualTo(three.version().bytes());
    }

    @Test
    void slowReaderHoldsNoMoreThanAWindowOfChunks() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head)
                .compiled(Samples.large(5, 60))
                .intentsCommitted();
        assertThat(hub.sent()).hasSize(4);

        hub.on(new HubEvent.Sent(hub.now));

        assertThat(hub.sent()).hasSize(1);
    }

    @Test
    void largeBundleIsCutAndNumbered() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head)
                .compiled(Samples.large(5, 60))
                .intentsCommitted();

        List<HubMessage> chunks = hub.drain();

        assertThat(chunks).hasSizeGreaterThan(10).allMatch(m -> m.getSerializedSize() < 900);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).getBundleChunk().getNumber()).isEqualTo(i);
            assertThat(chunks.get(i).getBundleChunk().getLast()).isEqualTo(i == chunks.size() - 1);
        }
    }

    @Test
    void agentThatMakesNoProgressIsLetGo() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();

        for (int second = 0; second < 59; second++) {
            hub.receive(io.weft.protocol.v1.AgentMessage.getDefaultInstance()).after(Duration.ofSeconds(1));
        }
        assertThat(hub.session.ended()).isFalse();

        hub.after(Duration.ofSeconds(1));
        assertThat(hub.of(HubEffect.End.class).getFirst().code()).isEqualTo(GoodbyeCode.GOODBYE_CODE_SILENT);
    }

    @Test
    void refusedBundleIsNotSentAgain() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();

        hub.receive(Messages.refused(one.version(), "b"));
        assertThat(hub.of(HubEffect.CommitOutcome.class).getFirst().refusals()).hasSize(1);

        assertThat(hub.ackCommitted().changed().compiled(one).sent()).isEmpty();
        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void laterSuccessOfARefusedBundleIsLogged() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();
        hub.receive(Messages.refused(one.version(), "b")).ackCommitted();

        hub.applied(one);

        assertThat(hub.effects).containsExactly(new HubEffect.CommitOutcome(one, List.of()));
    }

    @Test
    void laterOutcomeOfTheBundleBeforeDoesNotTakeBackTheCallsOfTheNext() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();
        hub.receive(Messages.refused(one.version(), "b")).ackCommitted();
        hub.changed().compiled(two).intentsCommitted();

        assertThat(hub.applied(one).effects).isEmpty();

        assertThat(hub.applied(two).effects).containsExactly(new HubEffect.CommitOutcome(two, List.of()));
        assertThat(hub.ackCommitted().effects).isEmpty();
    }

    @Test
    void outcomeThatComesDuringACommitIsLoggedAfterIt() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();
        hub.receive(Messages.refused(one.version(), "b"));

        assertThat(hub.applied(one).effects).isEmpty();

        assertThat(hub.ackCommitted().effects).containsExactly(new HubEffect.CommitOutcome(one, List.of()));
    }

    @Test
    void outcomeOfAnUnknownVersionIsIgnored() {
        HubDriver hub = HubDriver.established(Held.NOTHING, head).compiled(one).intentsCommitted();

        assertThat(hub.applied(three).effects).isEmpty();
        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void outcomeBeforeTheBundleWasSentWholeCountsForNothing() {
        Samples.TestTarget large = Samples.large(5, 60);
        HubDriver hub =
                HubDriver.established(Held.NOTHING, head).compiled(large).intentsCommitted();

        assertThat(hub.applied(large).effects).isEmpty();
    }

    @Test
    void hashesThatNobodyAskedForEndTheSession() {
        HubDriver hub =
                HubDriver.established(Held.NOTHING, head).receive(Messages.hashes(Samples.hashes(one.objects())));

        assertThat(hub.of(HubEffect.End.class).getFirst().code()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void newerBundleReplacesOneThatWaitsForHashes() {
        HubDriver hub = agentWith(one, HeldState.HELD_STATE_APPLIED).compiled(two);
        assertThat(hub.changed().effects).isEmpty();

        hub.receive(Messages.hashes(Samples.hashes(one.objects())));
        assertThat(hub.effects).containsExactly(new HubEffect.Compile());

        assertThat(hub.compiled(three).effects).containsExactly(new HubEffect.CommitIntents(three));
    }

    private HubDriver agentWith(Samples.TestTarget target, HeldState state) {
        return HubDriver.established(Samples.held(target, state), head);
    }
}
