package io.weft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.Goodbye;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.Hello;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Pong;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HubHandshakeTest {
    private final Samples.TestTarget five = Samples.target(5, "a", "1");
    private final Held atFive = Samples.held(five, HeldState.HELD_STATE_APPLIED);

    @Test
    void helloIsAnsweredOnlyAfterTheReplicaCaughtUpAndTheEpochIsOpen() {
        HubDriver hub = new HubDriver();

        hub.receive(Samples.hello(atFive));
        assertThat(hub.effects).containsExactly(new HubEffect.CatchUp(new Place(1, 5), Digest.NONE));

        hub.on(new HubEvent.CaughtUp(hub.now, new Place(1, 5), HubEvent.History.UNKNOWN));
        assertThat(hub.effects).singleElement().isInstanceOf(HubEffect.OpenEpoch.class);

        hub.on(new HubEvent.EpochOpened(hub.now, 7));
        assertThat(hub.sent().getFirst().getWelcome().getEpoch()).isEqualTo(7);
        assertThat(hub.of(HubEffect.Compile.class)).hasSize(1);
    }

    @Test
    void agentAheadOfTheLogFreezesTheTenant() {
        HubDriver hub = new HubDriver().receive(Samples.hello(atFive));

        hub.on(new HubEvent.CaughtUp(hub.now, new Place(1, 4), HubEvent.History.UNKNOWN));

        assertThat(hub.of(HubEffect.Freeze.class)).hasSize(1);
        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_FROZEN);
        assertThat(hub.session.ended()).isTrue();
    }

    @Test
    void agentOfALaterIncarnationFreezesTheTenant() {
        HubDriver hub = new HubDriver()
                .receive(Samples.hello(new Held(
                        new Place(2, 1),
                        Digest.NONE,
                        five.version(),
                        HeldState.HELD_STATE_APPLIED,
                        atFive.refusals(),
                        atFive.objects())));

        hub.on(new HubEvent.CaughtUp(hub.now, new Place(1, 400), HubEvent.History.UNKNOWN));

        assertThat(hub.of(HubEffect.Freeze.class)).hasSize(1);
    }

    @Test
    void anotherHistoryUpToTheSamePositionFreezesTheTenant() {
        HubDriver hub = new HubDriver().receive(Samples.hello(atFive));

        hub.on(new HubEvent.CaughtUp(hub.now, new Place(1, 9), HubEvent.History.OTHER));

        assertThat(hub.of(HubEffect.Freeze.class)).hasSize(1);
    }

    @Test
    void agentOfAnEarlierIncarnationIsWelcome() {
        HubDriver hub = HubDriver.established(atFive, new Place(2, 3));

        assertThat(hub.sent().getFirst().getWelcome().getIncarnation()).isEqualTo(2);
    }

    @Test
    void otherClusterThanTheCertificateSaysIsRefused() {
        HubDriver hub = new HubDriver().receive(hello(h -> h.setClusterUid("another")));

        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_IDENTITY);
        assertThat(hub.of(HubEffect.OpenEpoch.class)).isEmpty();
    }

    @Test
    void unknownProtocolVersionIsRefused() {
        HubDriver hub = new HubDriver().receive(hello(h -> h.setProtocolVersion(99)));

        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_VERSION);
    }

    @Test
    void anythingButHelloFirstEndsTheSession() {
        HubDriver hub = new HubDriver().receive(Messages.applied(five.version()));

        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void secondHelloEndsTheSession() {
        HubDriver hub = HubDriver.established(atFive, new Place(1, 9)).receive(Samples.hello(atFive));

        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void malformedDigestsAndPlacesEndTheSession() {
        HubDriver shortDigest = new HubDriver()
                .receive(hello(h -> h.setBundleVersion(com.google.protobuf.ByteString.copyFromUtf8("short"))));
        HubDriver negative = new HubDriver().receive(hello(h -> h.setPosition(-1)));

        assertThat(goodbye(shortDigest).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
        assertThat(goodbye(negative).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void contentOfANewerAgentIsIgnored() {
        HubDriver hub = HubDriver.established(atFive, new Place(1, 9)).receive(AgentMessage.getDefaultInstance());

        assertThat(hub.effects).isEmpty();
        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void halfOpenLinkIsFoundWithin15Seconds() {
        HubDriver hub = HubDriver.established(atFive, new Place(1, 9));
        Duration waited = Duration.ZERO;

        while (!hub.session.ended()) {
            hub.after(Duration.ofSeconds(1));
            waited = waited.plusSeconds(1);
        }

        assertThat(waited).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_SILENT);
    }

    @Test
    void answeredPingsKeepAnIdleSession() {
        HubDriver hub =
                HubDriver.established(atFive, new Place(1, 9)).compiled(five).ackCommitted();

        for (int second = 0; second < 120; second++) {
            hub.after(Duration.ofSeconds(1));
            if (hub.sent().stream().anyMatch(HubMessage::hasPing)) {
                hub.receive(AgentMessage.newBuilder().setPong(Pong.newBuilder()).build());
            }
        }

        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void streamWithoutHelloIsClosed() {
        HubDriver hub = new HubDriver().after(Duration.ofSeconds(11));

        assertThat(goodbye(hub).getCode()).isEqualTo(GoodbyeCode.GOODBYE_CODE_SILENT);
    }

    @Test
    void nothingFollowsTheEnd() {
        HubDriver hub = HubDriver.established(atFive, new Place(1, 9))
                .on(new HubEvent.Failed(Samples.START, GoodbyeCode.GOODBYE_CODE_REPLACED, "a newer session"));
        assertThat(hub.of(HubEffect.End.class)).hasSize(1);

        assertThat(hub.compiled(five).effects).isEmpty();
        assertThat(hub.receive(Samples.hello(atFive)).effects).isEmpty();
    }

    private AgentMessage hello(UnaryOperator<Hello.Builder> change) {
        return AgentMessage.newBuilder()
                .setHello(change.apply(Samples.hello(atFive).getHello().toBuilder()))
                .build();
    }

    private static Goodbye goodbye(HubDriver hub) {
        return hub.sent().getLast().getGoodbye();
    }
}
