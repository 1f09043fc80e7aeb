package io.weft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.Goodbye;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.ObjectHashes;
import io.weft.protocol.v1.Ping;
import io.weft.protocol.v1.Report;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.SendHashes;
import io.weft.protocol.v1.SendSnapshot;
import io.weft.protocol.v1.Welcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both ends together, from seeds; a failing seed is in the message. */
class ConversationTest {
    @Test
    void agentConvergesWhateverTheLinkAndTheDiskDid() {
        for (long seed = 1; seed <= 500; seed++) {
            Conversation conversation = new Conversation(seed);
            conversation.run(300);
            assertThat(conversation.converged()).as("seed " + seed).isTrue();
        }
    }

    @Test
    void noSequenceOfMessagesBreaksTheHubsEnd() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            HubDriver hub = HubDriver.established(Held.NOTHING, new Place(1, 5));
            hub.compiled(Samples.large(5, random.nextInt(20)));
            for (int i = 0; i < 40 && !hub.session.ended(); i++) {
                hub.receive(anyAgentMessage(random));
                if (random.nextInt(3) == 0) hub.intentsCommitted();
                if (random.nextInt(3) == 0) hub.on(new HubEvent.Sent(hub.now));
            }
        }
    }

    @Test
    void noSequenceOfMessagesMakesAnAgentPersistWhatWasNotVerified() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            AgentSession agent = new AgentSession(Samples.IDENTITY, Held.NOTHING, Samples.LIMITS);
            agent.on(new AgentEvent.Connected(Samples.START, List.of()));
            for (int i = 0; i < 40 && !agent.ended(); i++) {
                List<AgentEffect> effects = agent.on(new AgentEvent.Received(Samples.START, anyHubMessage(random)));
                assertThat(effects)
                        .as("seed " + seed)
                        .noneMatch(e -> e instanceof AgentEffect.Persist || e instanceof AgentEffect.Apply);
            }
            assertThat(agent.held()).isEqualTo(Held.NOTHING);
        }
    }

    private static AgentMessage anyAgentMessage(Random random) {
        AgentMessage.Builder message = AgentMessage.newBuilder();
        return switch (random.nextInt(7)) {
            case 0 -> Samples.hello(Samples.held(Samples.large(1, 3), HeldState.HELD_STATE_REFUSED));
            case 1 ->
                message.setObjectHashes(ObjectHashes.newBuilder().setLast(random.nextBoolean()))
                        .build();
            case 2 -> Messages.applied(Samples.large(5, random.nextInt(20)).version());
            case 3 -> Messages.refused(Samples.large(5, 4).version(), "a");
            case 4 -> Messages.applied(Digest.NONE);
            case 5 -> message.setReport(anyReport(random)).build();
            default -> message.build();
        };
    }

    private static Report.Builder anyReport(Random random) {
        Report.Builder report = Messages.namespaces(1 + random.nextInt(4))
                .setKindValue(random.nextInt(9))
                .setBegin(random.nextBoolean())
                .setEnd(random.nextBoolean())
                .setComplete(random.nextBoolean())
                .setCount(random.nextInt(2));
        if (random.nextBoolean()) report.addPuts(Samples.namespace("n" + random.nextInt(3)));
        if (random.nextInt(4) == 0) report.addRemovals("n1");
        return report;
    }

    private static HubMessage anyHubMessage(Random random) {
        HubMessage.Builder message = HubMessage.newBuilder();
        return switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                message.setWelcome(Welcome.newBuilder()
                                .setHubId(random.nextInt(4) == 0 ? "hub-2" : Samples.HUB)
                                .setIncarnation(random.nextInt(3) - 1))
                        .build();
            case 3 -> message.setSendHashes(SendHashes.newBuilder()).build();
            case 4 ->
                message.setSendSnapshot(SendSnapshot.newBuilder().addKinds(ReportKind.REPORT_KIND_NODE))
                        .build();
            case 5 ->
                message.setPing(Ping.newBuilder().setNumber(random.nextLong())).build();
            case 6 ->
                message.setGoodbye(Goodbye.newBuilder().setCodeValue(random.nextInt(99)))
                        .build();
            case 7 -> message.build();
            default -> message.setBundleChunk(anyChunk(random)).build();
        };
    }

    private static BundleChunk.Builder anyChunk(Random random) {
        BundleChunk.Builder chunk = BundleChunk.newBuilder()
                .setNumber(random.nextInt(3) - 1)
                .setIncarnation(random.nextInt(3) - 1)
                .setPosition(random.nextInt(5) - 1)
                .setLast(random.nextBoolean());
        if (random.nextInt(4) > 0)
            chunk.setVersion(Samples.large(5, random.nextInt(2)).version().bytes());
        if (random.nextInt(4) == 0) chunk.setFromVersion(ByteString.copyFrom(new byte[random.nextInt(40)]));
        if (random.nextBoolean()) chunk.addPuts(Samples.put("k" + random.nextInt(3), "content"));
        if (random.nextInt(4) == 0)
            chunk.addPuts(Samples.put("k", "c").toBuilder().setHash(ByteString.EMPTY));
        return chunk;
    }
}
