package io.weft.hub.delivery;

import static io.weft.policy.Samples.CART_V1;
import static io.weft.policy.Samples.EAST;
import static io.weft.policy.Samples.NORTH;
import static io.weft.policy.Samples.TENANT;
import static io.weft.policy.Samples.WEST;
import static io.weft.policy.Samples.call;
import static io.weft.policy.Samples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.delivery.Acknowledgements.Intents;
import io.weft.policy.History;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.compile.CompiledCluster;
import io.weft.policy.image.Call;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is promised before a bundle is sent and told after it was applied. */
class AcknowledgementsTest {
    private static final GatewayName STOCK_V1 = new GatewayName("stock.shop.example", 80, "v1");

    private final History history = History.shop(TENANT);

    private TenantImage image() {
        return history.image();
    }

    private static CompiledCluster bundle(ClusterName cluster, SortedSet<GatewayName> answers, SortedSet<Call> calls) {
        Bundle bundle = Bundle.EMPTY;
        for (GatewayName name : answers) {
            bundle = bundle.plus(object("ServiceEntry", name.host(), Layer.RECEIVE));
            bundle = bundle.plus(object("VirtualService", name.host(), Layer.SEND));
        }
        return new CompiledCluster(cluster, 1, 1, bundle, answers, calls, List.of());
    }

    private static BundleObject object(String kind, String host, Layer layer) {
        byte[] json = ("{\"spec\":{\"hosts\":[\"" + host + "\"]}}").getBytes(StandardCharsets.UTF_8);
        return BundleObject.of(key(kind, host), layer, 1, json);
    }

    private static ObjectKey key(String kind, String host) {
        return new ObjectKey("networking.istio.io/v1", kind, "shop", host);
    }

    private static ObjectRefusal refused(String kind, String host) {
        return ObjectRefusal.newBuilder()
                .setKey(key(kind, host).toString())
                .setCode(RefusalCode.REFUSAL_CODE_INVALID)
                .setReason("no")
                .build();
    }

    private void logged(Optional<Acknowledged> entry) {
        entry.ifPresent(history::append);
    }

    private void answers(ClusterName cluster, GatewayName... names) {
        logged(Acknowledgements.outcome(image(), bundle(cluster, set(names), set()), List.of(), 1));
    }

    private Intents intents(ClusterName cluster, SortedSet<GatewayName> answers, SortedSet<Call> calls) {
        return Acknowledgements.intents(image(), bundle(cluster, answers, calls), 1);
    }

    private void log(Intents intents) {
        assertThat(intents).isInstanceOf(Intents.Log.class);
        if (intents instanceof Intents.Log(Optional<Acknowledged> entry)) logged(entry);
    }

    @Test
    void namesAreAnsweredOnceTheBundleIsApplied() {
        assertThat(intents(EAST, set(CART_V1), set())).isEqualTo(new Intents.Log(Optional.empty()));

        answers(EAST, CART_V1);

        assertThat(image().acknowledged(EAST).callable(CART_V1)).isTrue();
        assertThat(Acknowledgements.outcome(image(), bundle(EAST, set(CART_V1), set()), List.of(), 1))
                .as("nothing new")
                .isEmpty();
    }

    @Test
    void aCallIsLoggedBeforeTheBundleIsSentAndItsEndAfterwards() {
        answers(WEST, CART_V1);

        log(intents(EAST, set(), set(call(WEST, CART_V1))));
        assertThat(image().acknowledged(EAST).calls()).containsExactly(call(WEST, CART_V1));

        assertThat(intents(EAST, set(), set())).isEqualTo(new Intents.Log(Optional.empty()));
        logged(Acknowledgements.outcome(image(), bundle(EAST, set(), set()), List.of(), 1));
        assertThat(image().acknowledged(EAST).calls()).isEmpty();
    }

    @Test
    void aBundleThatCallsWhatIsNotAnsweredIsNotSent() {
        assertThat(intents(EAST, set(), set(call(WEST, CART_V1)))).isInstanceOf(Intents.Outdated.class);
    }

    @Test
    void aBundleWithoutANameThatSomebodyCallsIsNotSent() {
        answers(WEST, CART_V1);
        log(intents(EAST, set(), set(call(WEST, CART_V1))));

        assertThat(intents(WEST, set(), set())).isInstanceOf(Intents.Outdated.class);
    }

    @Test
    void aNameIsWithdrawnBeforeItGoesAndNobodyMayBeginToCallIt() {
        answers(WEST, CART_V1);

        log(intents(WEST, set(), set()));
        assertThat(image().acknowledged(WEST).answers()).containsExactly(CART_V1);
        assertThat(image().acknowledged(WEST).callable(CART_V1)).isFalse();
        assertThat(intents(NORTH, set(), set(call(WEST, CART_V1)))).isInstanceOf(Intents.Outdated.class);

        logged(Acknowledgements.outcome(image(), bundle(WEST, set(), set()), List.of(), 1));
        assertThat(image().acknowledged(WEST).answers()).isEmpty();
    }

    @Test
    void aNameThatReturnsBeforeItWentIsCallableOnceItWasAppliedAgain() {
        answers(WEST, CART_V1);
        log(intents(WEST, set(), set()));

        log(intents(WEST, set(CART_V1), set()));
        answers(WEST, CART_V1);

        assertThat(image().acknowledged(WEST).callable(CART_V1)).isTrue();
    }

    @Test
    void namesOfARefusedObjectAreNotAnsweredButTheOthersAre() {
        CompiledCluster bundle = bundle(EAST, set(CART_V1, STOCK_V1), set());

        logged(Acknowledgements.outcome(image(), bundle, List.of(refused("ServiceEntry", CART_V1.host())), 1));

        assertThat(image().acknowledged(EAST).answers()).containsExactly(STOCK_V1);
        assertThat(image().acknowledged(EAST).refusals()).containsValue("INVALID: no");
        logged(Acknowledgements.outcome(image(), bundle, List.of(), 1));
        assertThat(image().acknowledged(EAST).answers()).containsExactly(CART_V1, STOCK_V1);
        assertThat(image().acknowledged(EAST).refusals()).isEmpty();
    }

    @Test
    void aRefusedRouteKeepsItsCallsOnRecordAndNoOthers() {
        answers(WEST, CART_V1, STOCK_V1);
        log(intents(EAST, set(CART_V1), set(call(WEST, CART_V1), call(WEST, STOCK_V1))));
        CompiledCluster without = bundle(EAST, set(CART_V1), set());

        logged(Acknowledgements.outcome(image(), without, List.of(refused("VirtualService", CART_V1.host())), 1));

        assertThat(image().acknowledged(EAST).calls()).containsExactly(call(WEST, CART_V1));
        assertThat(image().acknowledged(EAST).answers()).containsExactly(CART_V1);
    }

    @Test
    void aRefusedRemovalKeepsEverythingThatWasToGo() {
        answers(WEST, CART_V1);
        log(intents(WEST, set(), set()));

        logged(Acknowledgements.outcome(
                image(), bundle(WEST, set(), set()), List.of(refused("ServiceEntry", CART_V1.host())), 1));

        assertThat(image().acknowledged(WEST).answers()).containsExactly(CART_V1);
    }

    @Test
    void theSameOutcomeTwiceIsLoggedOnce() {
        CompiledCluster bundle = bundle(EAST, set(CART_V1), set());
        List<ObjectRefusal> refusals = List.of(refused("ServiceEntry", CART_V1.host()));
        Optional<Acknowledged> first = Acknowledgements.outcome(image(), bundle, refusals, 1);
        assertThat(first).isPresent();
        assertThat(first.orElseThrow())
                .isEqualTo(new Acknowledged(
                        EAST,
                        1,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        first.orElseThrow().refusals(),
                        new TreeSet<>()));
        logged(first);

        assertThat(Acknowledgements.outcome(image(), bundle, refusals, 1)).isEmpty();
        assertThat(new TreeMap<>(image().acknowledged(EAST).refusals())).hasSize(1);
    }
}
