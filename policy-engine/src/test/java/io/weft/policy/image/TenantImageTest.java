package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.LogEntry.Acknowledged;
import io.weft.policy.image.LogEntry.Judged;
import io.weft.policy.image.LogEntry.Liveness;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TenantImageTest {
    private static final ResourceKey CART = ResourceKey.trafficRoute(Samples.SHOP, "cart");
    private static final Scope SHOP = Scope.of(Samples.SHOP);

    private final History history = History.shop(Samples.TENANT);

    @Test
    void aRecordAfterAGapIsRefused() {
        LogRecord later =
                LogCodec.seal(history.image().position() + 2, history.image().hash(), Samples.START, suspect());

        assertThatThrownBy(() -> history.image().apply(later))
                .isInstanceOf(BrokenHistoryException.class)
                .hasMessageContaining("without a gap");
    }

    @Test
    void aRecordOfAnotherHistoryIsRefused() {
        TenantImage image = history.image();
        LogRecord other = LogCodec.seal(image.position() + 1, Hash.ZERO, Samples.START, suspect());

        assertThatThrownBy(() -> image.apply(other))
                .isInstanceOf(BrokenHistoryException.class)
                .hasMessageContaining(image.hash().hex());
    }

    @Test
    void aClusterSeesARevisionOnlyOnceItIsReleasedToIt() {
        long before = history.image().revision();
        history.change(List.of(route(1)), Samples.set(), false);
        assertThat(seen(Samples.EAST)).doesNotContainKey(CART);

        history.append(
                new Released(SHOP, null, only(Samples.EAST, history.image().revision())));
        assertThat(seen(Samples.EAST)).containsKey(CART);
        assertThat(seen(Samples.WEST)).doesNotContainKey(CART);
        assertThat(history.image().leastReleased(SHOP)).isEqualTo(before);

        history.release(SHOP);
        assertThat(seen(Samples.WEST)).containsKey(CART);
    }

    @Test
    void aReleaseTakenBackShowsWhatWasThereBefore() {
        history.put(route(10));
        long good = history.image().revision();
        history.change(List.of(route(90)), Samples.set(), false);
        history.append(
                new Released(SHOP, null, only(Samples.EAST, history.image().revision())));
        assertThat(seen(Samples.EAST).get(CART)).isEqualTo(route(90));

        history.append(new Released(SHOP, null, only(Samples.EAST, good)));

        assertThat(seen(Samples.EAST).get(CART)).isEqualTo(route(10));
    }

    @Test
    void aNewBaseEndsTheExceptionsThatAreNotNamedAgain() {
        history.append(new Released(SHOP, null, only(Samples.EAST, 1L)));

        history.release(SHOP);

        assertThat(history.image().released(SHOP, Samples.EAST))
                .isEqualTo(history.image().revision());
    }

    @Test
    void aDeletedResourceIsSeenByThoseWhoHaveNotTheDeletionAndThenByNobody() {
        history.put(route(10));
        long there = history.image().revision();
        history.change(List.of(), Samples.set(CART), false);
        history.append(new Released(SHOP, history.image().revision(), only(Samples.WEST, there)));
        assertThat(history.image().resource(CART)).isEmpty();
        assertThat(seen(Samples.EAST)).doesNotContainKey(CART);
        assertThat(seen(Samples.WEST)).containsKey(CART);

        history.release(SHOP);

        assertThat(history.image().scope(SHOP).versions()).doesNotContainKey(CART);
    }

    @Test
    void aDeletedGlobalNamespaceIsForgottenWhenTheLastClusterHasTheDeletion() {
        history.change(List.of(), Samples.set(ResourceKey.globalNamespace("shop")), false);
        assertThat(history.image().gnsNames()).containsExactly(Samples.SHOP);
        assertThat(history.image().domains(Samples.SHOP)).containsExactly("shop.example");

        history.release(SHOP);

        assertThat(history.image().gnsNames()).isEmpty();
        assertThat(history.image().domains(Samples.SHOP)).isEmpty();
        assertThat(history.image().membership(Samples.SHOP)).isEmpty();
    }

    @Test
    void membershipIsOfTheRevision() {
        long before = history.image().revision();
        history.observed(
                Samples.WEST,
                new FactChange(new TreeMap<>(), Samples.set("shop"), new TreeMap<>(), Samples.set(), null, null));
        history.change(List.of(Samples.shop(3)), Samples.set(), false);

        assertThat(members(before)).containsExactly("east/shop", "north/shop", "west/shop");
        assertThat(members(before + 1)).containsExactly("east/shop", "north/shop");
    }

    @Test
    void aNameThatIsDroppingIsAnsweredButMayNotBeginToBeCalled() {
        history.acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set());
        assertThat(state().callable(Samples.CART_V1)).isTrue();

        history.append(answers(Samples.set(), Samples.set(Samples.CART_V1), Samples.set()));
        assertThat(state().answers()).containsExactly(Samples.CART_V1);
        assertThat(state().callable(Samples.CART_V1)).isFalse();

        history.append(answers(Samples.set(), Samples.set(), Samples.set(Samples.CART_V1)));
        assertThat(state()).isEqualTo(AckState.EMPTY);
    }

    @Test
    void aDroppingNameThatIsGainedAgainMayBeCalled() {
        history.acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set());
        history.append(answers(Samples.set(), Samples.set(Samples.CART_V1), Samples.set()));

        history.append(answers(Samples.set(Samples.CART_V1), Samples.set(), Samples.set()));

        assertThat(state().callable(Samples.CART_V1)).isTrue();
    }

    @Test
    void aDeletedClusterIsForgottenButNotWhatOthersMayCallOfIt() {
        Call toEast = new Call(Samples.EAST, Samples.CART_V1);
        history.acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set());
        history.acknowledged(Samples.WEST, Samples.set(), Samples.set(toEast));
        history.append(new Judged(Samples.EAST, Liveness.LOST, null, "silent"));

        history.delete(ResourceKey.cluster("east"));

        assertThat(history.image().facts(Samples.EAST)).isEqualTo(ClusterFacts.EMPTY);
        assertThat(state()).isEqualTo(AckState.EMPTY);
        assertThat(history.image().judgement(Samples.EAST)).isEqualTo(Judgement.NONE);
        assertThat(history.image().acknowledged(Samples.WEST).calls()).containsExactly(toEast);
        assertThat(history.image().clusters()).containsExactly(Samples.NORTH, Samples.WEST);
    }

    @Test
    void livenessAndBrakeAreJudgedApart() {
        history.append(new Judged(Samples.EAST, null, true, "5 of 6 services"));
        history.append(new Judged(Samples.EAST, Liveness.SUSPECT, null, "silent for 15 s"));

        assertThat(history.image().judgement(Samples.EAST))
                .isEqualTo(new Judgement(Liveness.SUSPECT, "silent for 15 s", true, "5 of 6 services"));
    }

    @Test
    void tenantsDoNotShareAHistory() {
        History other = History.shop(Samples.OTHER_TENANT);

        assertThat(other.image().tenant()).isEqualTo(Samples.OTHER_TENANT);
        assertThat(other.image()).isNotEqualTo(history.image());
    }

    private static LogEntry suspect() {
        return new Judged(Samples.EAST, Liveness.SUSPECT, null, "test");
    }

    private static Resource route(int weight) {
        return Samples.route(
                Samples.SHOP, "cart", "cart", 3, Samples.version("v1", 100 - weight), Samples.version("v2", weight));
    }

    private SortedMap<ResourceKey, Resource> seen(ClusterName cluster) {
        return history.image().resourcesAt(SHOP, history.image().released(SHOP, cluster));
    }

    private List<String> members(long revision) {
        return history.image().membershipAt(Samples.SHOP, revision).stream()
                .map(Member::toString)
                .toList();
    }

    private AckState state() {
        return history.image().acknowledged(Samples.EAST);
    }

    private static SortedMap<ClusterName, Long> only(ClusterName cluster, long revision) {
        SortedMap<ClusterName, Long> clusters = new TreeMap<>();
        clusters.put(cluster, revision);
        return clusters;
    }

    private static Acknowledged answers(
            SortedSet<GatewayName> gained, SortedSet<GatewayName> dropping, SortedSet<GatewayName> lost) {
        return new Acknowledged(
                Samples.EAST, 1, gained, dropping, lost, Samples.set(), Samples.set(), new TreeMap<>(), Samples.set());
    }
}
