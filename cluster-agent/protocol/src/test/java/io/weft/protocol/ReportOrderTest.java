package io.weft.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.NodeItem;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportOrderTest {
    private static final ReportKind KIND = ReportKind.REPORT_KIND_NAMESPACE;

    private final HubDriver hub = HubDriver.established(Held.NOTHING, new Place(1, 9));
    private final ReportItem shop = Samples.namespace("shop");
    private final ReportItem cart = Samples.namespace("cart");

    @BeforeEach
    void nothingAskedYet() {
        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void differencesPassInOrder() {
        hub.receive(Messages.of(Messages.namespaces(1, shop).addRemovals("old")));

        assertThat(hub.effects)
                .containsExactly(new HubEffect.Change(KIND, java.util.List.of(shop), java.util.List.of("old")));
    }

    @Test
    void gapAsksForASnapshotAndDropsDifferencesUntilItComes() {
        hub.receive(Messages.of(Messages.namespaces(2, shop)));
        assertThat(hub.sent().getFirst().getSendSnapshot().getKindsList()).containsExactly(KIND);
        assertThat(hub.of(HubEffect.Change.class)).isEmpty();

        assertThat(hub.receive(Messages.of(Messages.namespaces(3, cart))).effects)
                .isEmpty();

        hub.receive(Messages.of(Messages.namespaces(4, shop, cart)
                .setBegin(true)
                .setEnd(true)
                .setComplete(true)
                .setCount(2)));
        assertThat(hub.of(HubEffect.Snapshot.class).getFirst().items()).containsExactly(shop, cart);
        assertThat(hub.receive(Messages.of(Messages.namespaces(5, shop))).of(HubEffect.Change.class))
                .hasSize(1);
    }

    @Test
    void snapshotInPartsIsOneEffectAtItsEnd() {
        assertThat(hub.receive(Messages.of(Messages.namespaces(1, shop).setBegin(true))).effects)
                .isEmpty();

        hub.receive(Messages.of(
                Messages.namespaces(2, cart).setEnd(true).setComplete(true).setCount(2)));

        assertThat(hub.of(HubEffect.Snapshot.class)).singleElement().matches(HubEffect.Snapshot::complete);
    }

    @Test
    void snapshotThatLostAPartIsAskedForAgain() {
        hub.receive(Messages.of(Messages.namespaces(1, shop).setBegin(true)));

        hub.receive(Messages.of(
                Messages.namespaces(2).setEnd(true).setComplete(true).setCount(2)));

        assertThat(hub.of(HubEffect.Snapshot.class)).isEmpty();
        assertThat(hub.sent()).singleElement().matches(HubMessage::hasSendSnapshot);
    }

    @Test
    void incompleteListSaysSo() {
        hub.receive(Messages.of(Messages.namespaces(1, shop)
                .setBegin(true)
                .setEnd(true)
                .setIncompleteReason("403")
                .setCount(1)));

        HubEffect.Snapshot snapshot = hub.of(HubEffect.Snapshot.class).getFirst();
        assertThat(snapshot.complete()).isFalse();
        assertThat(snapshot.incompleteReason()).isEqualTo("403");
    }

    @Test
    void endlessGapsEndTheSession() {
        long sequence = 2;
        while (!hub.session.ended()) {
            assertThat(sequence).isLessThan(100);
            hub.receive(Messages.of(Messages.namespaces(sequence, shop)));
            if (hub.session.ended()) break;
            hub.receive(Messages.of(Messages.namespaces(sequence + 1)
                    .setBegin(true)
                    .setEnd(true)
                    .setComplete(true)));
            sequence += 3;
        }

        assertThat(hub.of(HubEffect.End.class).getFirst().code()).isEqualTo(GoodbyeCode.GOODBYE_CODE_PROTOCOL);
    }

    @Test
    void itemOfAnotherKindEndsTheSession() {
        ReportItem node = ReportItems.sealed(ReportItem.newBuilder()
                .setKey("n")
                .setNode(NodeItem.newBuilder().setName("n")));

        hub.receive(Messages.of(Messages.namespaces(1, node)));

        assertThat(hub.session.ended()).isTrue();
    }

    @Test
    void endWithoutBeginEndsTheSession() {
        hub.receive(Messages.of(Messages.namespaces(1, shop).setEnd(true)));

        assertThat(hub.session.ended()).isTrue();
    }

    @Test
    void removalsInASnapshotEndTheSession() {
        hub.receive(Messages.of(Messages.namespaces(1, shop).setBegin(true).addRemovals("x")));

        assertThat(hub.session.ended()).isTrue();
    }

    @Test
    void snapshotWithoutEndIsBounded() {
        hub.receive(Messages.of(Messages.namespaces(1).setBegin(true)));

        for (int i = 2; i <= 102; i++) hub.receive(Messages.of(Messages.namespaces(i, shop)));

        assertThat(hub.session.ended()).isTrue();
    }

    @Test
    void kindsThatDifferAreAskedForAndTheirDifferencesWait() {
        hub.on(new HubEvent.ReportsCompared(hub.now, Set.of(KIND)));
        assertThat(hub.sent().getFirst().getSendSnapshot().getKindsList()).containsExactly(KIND);

        assertThat(hub.receive(Messages.of(Messages.namespaces(1, shop))).effects)
                .isEmpty();
    }

    @Test
    void kindsOfANewerAgentAreIgnored() {
        hub.receive(Messages.of(Messages.namespaces(1).setKindValue(99)));

        assertThat(hub.effects).isEmpty();
        assertThat(hub.session.ended()).isFalse();
    }

    @Test
    void reportHashesOfTheHelloAreCompared() {
        HubDriver fresh = new HubDriver();
        var hello = Samples.hello(Held.NOTHING).getHello().toBuilder()
                .addReportHashes(KindHash.newBuilder()
                        .setKind(KIND)
                        .setHash(Digest.sha256(com.google.protobuf.ByteString.EMPTY)
                                .bytes()));
        fresh.receive(
                io.weft.protocol.v1.AgentMessage.newBuilder().setHello(hello).build());
        fresh.on(new HubEvent.CaughtUp(fresh.now, new Place(1, 1), HubEvent.History.UNKNOWN));

        fresh.on(new HubEvent.EpochOpened(fresh.now, 1));

        assertThat(fresh.of(HubEffect.CompareReports.class).getFirst().hashes()).containsOnlyKeys(KIND);
    }
}
