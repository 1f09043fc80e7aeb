package io.weft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.Goodbye;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Ping;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.SendHashes;
import io.weft.protocol.v1.SendSnapshot;
import io.weft.protocol.v1.SessionSettings;
import io.weft.protocol.v1.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentSessionTest {
    private final Samples.TestTarget one = Samples.target(5, "a", "1", "b", "1");
    private final Samples.TestTarget two = Samples.target(6, "a", "2");
    private Held disk = Samples.held(one, HeldState.HELD_STATE_APPLIED);
    private AgentSession session = new AgentSession(Samples.IDENTITY, disk, Samples.LIMITS);
    private Instant now = Samples.START;
    private List<AgentEffect> effects = List.of();

    @Test
    void helloSaysWhatIsHeld() {
        on(new AgentEvent.Connected(now, List.of()));

        var hello = sent().getFirst().getHello();
        assertThat(hello.getPosition()).isEqualTo(5);
        assertThat(hello.getBundleVersion()).isEqualTo(one.version().bytes());
        assertThat(hello.getHeldState()).isEqualTo(HeldState.HELD_STATE_APPLIED);
        assertThat(hello.getClusterUid()).isEqualTo(Samples.UID);
    }

    @Test
    void bundleIsVerifiedThenPersistedThenApplied() {
        welcomed();

        receiveAll(two);
        assertThat(effects).singleElement().isInstanceOf(AgentEffect.Verify.class);
        on(new AgentEvent.Verified(now));
        assertThat(effects).singleElement().isInstanceOf(AgentEffect.Persist.class);
        assertThat(session.held().version()).isEqualTo(one.version());
        on(new AgentEvent.Persisted(now));
        assertThat(effects).singleElement().isInstanceOf(AgentEffect.Apply.class);
        assertThat(session.held().objects()).isEqualTo(Samples.hashes(two.objects()));
        on(outcome(two));
        assertThat(sent().getFirst().getApplied().getVersion())
                .isEqualTo(two.version().bytes());
    }

    @Test
    void nothingIsAppliedThatIsNotOnDisk() {
        welcomed();
        receiveAll(two);
        on(new AgentEvent.Verified(now));

        on(new AgentEvent.PersistFailed(now, "disk full"));

        assertThat(end().reason()).isEqualTo("disk full");
        assertThat(session.held().version()).isEqualTo(one.version());
    }

    @Test
    void lowerPlaceIsRefused() {
        welcomed();

        receiveAll(Samples.target(4, "a", "9"));

        assertThat(end().reason()).startsWith("place: 1:4");
    }

    @Test
    void lowerIncarnationIsNotWelcome() {
        on(new AgentEvent.Connected(now, List.of()));

        receive(HubMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setHubId(Samples.HUB).setIncarnation(0)));

        assertThat(end().reason()).startsWith("incarnation: 0");
    }

    @Test
    void anotherHubIsNotObeyed() {
        on(new AgentEvent.Connected(now, List.of()));

        receive(HubMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setHubId("hub-2").setIncarnation(1)));

        assertThat(end().reason()).startsWith("hub_id: hub-2");
    }

    @Test
    void bytesThatAreNotWhatTheirHashSaysAreRefused() {
        welcomed();
        PutObject put = Samples.put("a", "2").toBuilder()
                .setJson(ByteString.copyFromUtf8("planted"))
                .build();

        receive(chunk(two, 0).setLast(true).addPuts(put));

        assertThat(end().reason()).contains("not the bytes that its hash says");
    }

    @Test
    void bundleOfAnotherVersionThanItSaysIsRefused() {
        welcomed();
        receiveAll(two);

        on(new AgentEvent.VersionDiffers(now, one.version()));

        assertThat(end().code()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void agentThatDoesNotTrustWhatItHoldsGetsTheBundleWholeAndStillRefusesALowerPlace() {
        disk = disk.unknown();
        session = new AgentSession(Samples.IDENTITY, disk, Samples.LIMITS);
        welcomed();
        Chunks.of(two, Digest.NONE, two.from(new java.util.TreeMap<>()), 600)
                .forEach(message -> on(new AgentEvent.Received(now, message)));
        on(new AgentEvent.Verified(now));
        on(new AgentEvent.Persisted(now));
        assertThat(session.held().objects()).isEqualTo(Samples.hashes(two.objects()));
        on(outcome(two));

        receiveAll(Samples.target(5));

        assertThat(end().reason()).startsWith("place: 1:5");
    }

    @Test
    void differenceFromAnotherBundleThanTheHeldOneIsRefused() {
        welcomed();

        receive(chunk(two, 0).setLast(true).setFromVersion(two.version().bytes()));

        assertThat(end().reason()).startsWith("from_version:");
    }

    @Test
    void chunksOutOfOrderAreRefused() {
        welcomed();

        receive(chunk(two, 1));

        assertThat(end().reason()).startsWith("chunk number: 1");
    }

    @Test
    void lostChunkIsNoticed() {
        welcomed();
        receive(chunk(two, 0));

        receive(chunk(two, 2).setLast(true));

        assertThat(end().reason()).startsWith("chunk number: 2");
    }

    @Test
    void chunksOfTwoTransfersDoNotMix() {
        welcomed();
        receive(chunk(two, 0));

        receive(chunk(Samples.target(7, "z", "1"), 1).setLast(true));

        assertThat(end().reason()).contains("another transfer");
    }

    @Test
    void sameKeyTwiceIsRefused() {
        welcomed();

        receive(chunk(two, 0)
                .addPuts(Samples.put("a", "2"))
                .addRemovals(RemoveObject.newBuilder().setKey("a")));

        assertThat(end().reason()).contains("twice");
    }

    @Test
    void tooLargeObjectIsRefused() {
        welcomed();

        receive(chunk(two, 0).addPuts(Samples.put("a", "x".repeat(3_000))));

        assertThat(end().reason()).contains("more than 2000 bytes");
    }

    @Test
    void endlessTransferIsRefused() {
        welcomed();

        for (int i = 0; !session.ended(); i++) {
            assertThat(i).isLessThan(1_000);
            receive(chunk(two, i).addPuts(Samples.put("object-" + i, "x".repeat(500))));
        }

        assertThat(end().reason()).contains("a transfer of more than 20000 bytes");
    }

    @Test
    void bundleBeforeTheWelcomeIsRefused() {
        on(new AgentEvent.Connected(now, List.of()));

        receive(chunk(two, 0).setLast(true));

        assertThat(end().reason()).contains("before the welcome");
    }

    @Test
    void bundleWhileAnotherIsAppliedIsRefused() {
        welcomed();
        receiveAll(two);
        on(new AgentEvent.Verified(now));
        on(new AgentEvent.Persisted(now));

        receive(chunk(Samples.target(7), 0)
                .setFromVersion(two.version().bytes())
                .setLast(true));

        assertThat(end().reason()).contains("while another");
    }

    @Test
    void refusedObjectsDoNotEndTheSession() {
        welcomed();
        receiveAll(two);
        on(new AgentEvent.Verified(now));
        on(new AgentEvent.Persisted(now));

        on(new AgentEvent.Outcome(now, two.version(), new AgentEvent.Tally(0, 0, 0), List.of(Messages.refusal("a"))));

        assertThat(sent().getFirst().getRefused().getObjectsList()).hasSize(1);
        assertThat(session.ended()).isFalse();
        assertThat(session.held().state()).isEqualTo(HeldState.HELD_STATE_REFUSED);
        assertThat(on(outcome(two)).getFirst())
                .isInstanceOfSatisfying(
                        AgentEffect.Send.class,
                        send -> assertThat(send.message().hasApplied()).isTrue());
    }

    @Test
    void outcomeBetweenHelloAndWelcomeIsSaidAfterIt() {
        on(new AgentEvent.Connected(now, List.of()));
        assertThat(on(outcome(one))).isEmpty();

        welcome();

        assertThat(sent().getFirst().getApplied().getVersion())
                .isEqualTo(one.version().bytes());
    }

    @Test
    void outcomeOfAReplacedBundleIsNotSaid() {
        welcomed();

        assertThat(on(outcome(two))).isEmpty();
    }

    @Test
    void hashesOfTheHeldBundleAreAnswered() {
        welcomed();

        receive(HubMessage.newBuilder().setSendHashes(SendHashes.newBuilder()));

        assertThat(sent().getFirst().getObjectHashes().getObjectsList())
                .extracting("key")
                .containsExactly("a", "b");
        assertThat(sent().getLast().getObjectHashes().getLast()).isTrue();
    }

    @Test
    void silentHubIsLeftWithin15Seconds() {
        welcomed();

        for (int second = 0; second < 15 && !session.ended(); second++) {
            now = now.plusSeconds(1);
            on(new AgentEvent.Tick(now));
        }

        assertThat(end().code()).isEqualTo(GoodbyeCode.GOODBYE_CODE_SILENT);
    }

    @Test
    void pingIsAnswered() {
        welcomed();
        now = now.plus(Duration.ofSeconds(10));
        receive(HubMessage.newBuilder().setPing(Ping.newBuilder().setNumber(3)));
        assertThat(sent().getFirst().getPong().getNumber()).isEqualTo(3);

        now = now.plusSeconds(10);
        assertThat(on(new AgentEvent.Tick(now))).isEmpty();
    }

    @Test
    void contentOfANewerHubIsIgnored() {
        welcomed();

        receive(HubMessage.newBuilder());

        assertThat(effects).isEmpty();
        assertThat(session.ended()).isFalse();
    }

    @Test
    void goodbyeSaysWhenAndWhereToDialAgain() {
        welcomed();

        receive(HubMessage.newBuilder()
                .setGoodbye(Goodbye.newBuilder()
                        .setCode(GoodbyeCode.GOODBYE_CODE_MOVED)
                        .setRetryAfterMillis(500)
                        .setRedirect("other:443")));

        assertThat(end()).isEqualTo(new AgentEffect.End(GoodbyeCode.GOODBYE_CODE_MOVED, "", 500, "other:443"));
    }

    @Test
    void differencesAreNumberedPerKind() {
        welcomed();

        on(observed("shop"));
        assertThat(sent().getFirst().getReport().getSequence()).isEqualTo(1);
        on(observed("cart"));
        assertThat(sent().getFirst().getReport().getSequence()).isEqualTo(2);
    }

    @Test
    void whatMovedBetweenHelloAndWelcomeIsListedInFull() {
        on(new AgentEvent.Connected(now, List.of()));
        assertThat(on(observed("shop"))).isEmpty();

        welcome();

        assertThat(effects).contains(new AgentEffect.TakeSnapshot(Set.of(ReportKind.REPORT_KIND_NAMESPACE)));
    }

    @Test
    void snapshotIsFramedAndCounted() {
        welcomed();
        receive(HubMessage.newBuilder()
                .setSendSnapshot(SendSnapshot.newBuilder().addKinds(ReportKind.REPORT_KIND_NAMESPACE)));
        assertThat(effects).containsExactly(new AgentEffect.TakeSnapshot(Set.of(ReportKind.REPORT_KIND_NAMESPACE)));

        var items = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> Samples.namespace("n" + i))
                .toList();
        on(new AgentEvent.Listed(now, ReportKind.REPORT_KIND_NAMESPACE, items, ""));

        var reports = sent().stream().map(AgentMessage::getReport).toList();
        assertThat(reports).hasSizeGreaterThan(2);
        assertThat(reports.getFirst().getBegin()).isTrue();
        assertThat(reports.getLast().getEnd()).isTrue();
        assertThat(reports.getLast().getComplete()).isTrue();
        assertThat(reports.getLast().getCount()).isEqualTo(40);
    }

    @Test
    void listWithoutRightsIsNotComplete() {
        welcomed();

        on(new AgentEvent.Listed(now, ReportKind.REPORT_KIND_NAMESPACE, List.of(), "forbidden"));

        assertThat(sent().getFirst().getReport().getComplete()).isFalse();
    }

    private void welcomed() {
        on(new AgentEvent.Connected(now, List.of()));
        welcome();
    }

    private void welcome() {
        receive(HubMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setHubId(Samples.HUB)
                        .setIncarnation(1)
                        .setEpoch(3)
                        .setSettings(SessionSettings.newBuilder().setSilenceLimitMillis(12_000))));
        assertThat(session.ended()).isFalse();
    }

    private void receiveAll(Samples.TestTarget target) {
        Chunks.of(target, one.version(), target.from(one), 600)
                .forEach(message -> on(new AgentEvent.Received(now, message)));
    }

    private BundleChunk.Builder chunk(Samples.TestTarget target, int number) {
        return BundleChunk.newBuilder()
                .setVersion(target.version().bytes())
                .setFromVersion(one.version().bytes())
                .setIncarnation(1)
                .setPosition(target.place().position())
                .setNumber(number);
    }

    private AgentEvent outcome(Samples.TestTarget target) {
        return new AgentEvent.Outcome(now, target.version(), new AgentEvent.Tally(1, 1, 0), List.of());
    }

    private AgentEvent observed(String namespace) {
        return new AgentEvent.Observed(
                now, ReportKind.REPORT_KIND_NAMESPACE, List.of(Samples.namespace(namespace)), List.of());
    }

    private void receive(BundleChunk.Builder chunk) {
        receive(HubMessage.newBuilder().setBundleChunk(chunk));
    }

    private void receive(HubMessage.Builder message) {
        on(new AgentEvent.Received(now, message.build()));
    }

    private List<AgentEffect> on(AgentEvent event) {
        effects = session.on(event);
        return effects;
    }

    private List<AgentMessage> sent() {
        return effects.stream()
                .filter(AgentEffect.Send.class::isInstance)
                .map(effect -> ((AgentEffect.Send) effect).message())
                .toList();
    }

    private AgentEffect.End end() {
        return (AgentEffect.End) effects.getLast();
    }
}
