package io.weft.agent.apply;

import static io.weft.agent.Samples.bundle;
import static io.weft.agent.Samples.desired;
import static io.weft.agent.Samples.entry;
import static io.weft.agent.Samples.key;
import static io.weft.agent.Samples.route;
import static io.weft.agent.Samples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.agent.Samples;
import io.weft.agent.apply.ObjectFailure.Cause;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EnforcementTest {
    private static final ObjectKey CART = key("VirtualService", "cart");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemoryCluster cluster = new InMemoryCluster();
    private final Enforcement enforcement = new Enforcement(cluster, new Ownership(Samples.HUB), () -> now);

    private Enforcement.Round first(DesiredObject... objects) {
        SortedMap<ObjectKey, DesiredObject> bundle = bundle(objects);
        return enforcement.replace(bundle, bundle.keySet(), Set.of());
    }

    private ObjectNode copy(ObjectKey key) {
        return cluster.read(key).orElseThrow().json().deepCopy();
    }

    @Test
    void aBadObjectStopsOnlyItself() {
        cluster.refuse(key -> key.equals(CART)
                ? Optional.of(new ObjectFailure(Cause.INVALID, "spec.http: wrong"))
                : Optional.empty());

        var round = first(desired(route("cart", "cart.example"), 3), desired(entry("cart", "cart.example"), 4));

        assertThat(round.tally().written()).isEqualTo(1);
        assertThat(round.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.getCode()).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
            assertThat(refusal.getReason()).isEqualTo("spec.http: wrong");
        });
    }

    @Test
    void whatWasRefusedIsTriedAgainByItself() {
        cluster.refuse(key -> Optional.of(new ObjectFailure(Cause.UNAVAILABLE, "no answer")));
        first(desired(route("cart", "cart.example"), 3));
        cluster.refuse(key -> Optional.empty());

        now = enforcement.due();
        var round = enforcement.again(false);

        assertThat(round.refusals()).isEmpty();
        assertThat(cluster.objects()).containsKey(CART);
    }

    @Test
    void triesOfWhatStaysRefusedComeMoreSeldom() {
        cluster.refuse(key -> Optional.of(new ObjectFailure(Cause.INVALID, "no")));
        first(desired(route("cart", "cart.example"), 3));
        Duration before = Duration.between(now, enforcement.due());
        for (int i = 0; i < 4; i++) {
            now = enforcement.due();
            enforcement.again(false);
        }

        assertThat(Duration.between(now, enforcement.due())).isGreaterThan(before.multipliedBy(8));
    }

    @Test
    void aChangedObjectIsPutRightAndSaidToHaveDrifted() {
        first(desired(route("cart", "cart.example"), 3));
        ObjectNode edited = copy(CART);
        ((ObjectNode) edited.path("spec")).putArray("hosts").add("evil.example");
        ((ObjectNode) edited.path("spec")).putArray("exportTo").add("*");
        cluster.edit(edited);

        var round = enforcement.correct(enforcement.deviating(Set.of(CART)));

        assertThat(cluster.read(CART).orElseThrow().json().path("spec"))
                .isEqualTo(route("cart", "cart.example").path("spec"));
        assertThat(round.drift())
                .singleElement()
                .satisfies(item -> assertThat(item.getKey()).isEqualTo(CART.toString()));
    }

    @Test
    void aDeletedObjectComesBack() {
        first(desired(route("cart", "cart.example"), 3));
        cluster.remove(CART);

        enforcement.correct(enforcement.deviating(Set.of(CART)));

        assertThat(cluster.objects()).containsKey(CART);
    }

    @Test
    void aRuleThatWaitsForItsRouteToGoIsNotRemovedAloneWhenItIsSuspected() {
        ObjectKey rule = key("DestinationRule", "cart");
        first(desired(rule("cart", "cart.example"), 50), desired(route("cart", "cart.example"), 60));
        cluster.refuse(key ->
                key.equals(CART) ? Optional.of(new ObjectFailure(Cause.UNAVAILABLE, "no answer")) : Optional.empty());
        var round = enforcement.replace(bundle(), Set.of(), Set.of(CART, rule));

        assertThat(round.refusals()).hasSize(2);
        assertThat(enforcement.deviating(Set.of(rule))).isEmpty();
        enforcement.correct(Set.of(rule));
        assertThat(cluster.objects()).containsKey(rule);

        cluster.refuse(key -> Optional.empty());
        now = enforcement.due();
        enforcement.again(false);
        assertThat(cluster.objects()).isEmpty();
    }

    @Test
    void ourOwnWritesAreNoDrift() {
        first(desired(route("cart", "cart.example"), 3));

        assertThat(enforcement.deviating(Set.of(CART))).isEmpty();
    }

    @Test
    void afterAFightCorrectionsComeMoreSeldom() {
        first(desired(route("cart", "cart.example"), 3));
        int corrections = 0;
        Instant end = now.plusSeconds(120);
        while (now.isBefore(end)) {
            cluster.remove(CART);
            Set<ObjectKey> deviating = enforcement.deviating(Set.of(CART));
            if (enforcement.correct(deviating).tally().written() > 0) corrections++;
            now = now.plusMillis(100);
        }

        assertThat(corrections).isBetween(4, 9);
    }

    @Test
    void anObjectTakenOverByAUserIsLeftToThem() {
        first(desired(route("cart", "cart.example"), 3));
        ObjectNode taken = copy(CART);
        ((ObjectNode) taken.path("metadata")).remove("labels");
        cluster.edit(taken);

        var round = enforcement.correct(enforcement.deviating(Set.of(CART)));

        assertThat(cluster.read(CART).orElseThrow().json())
                .isEqualTo(cluster.edit(taken).json());
        assertThat(round.refusals())
                .extracting(refusal -> refusal.getCode())
                .containsExactly(RefusalCode.REFUSAL_CODE_CONFLICT);
    }

    @Test
    void whatLeftTheBundleIsPruned() {
        first(desired(route("cart", "cart.example"), 3), desired(entry("cart", "cart.example"), 4));
        SortedMap<ObjectKey, DesiredObject> next = bundle(desired(entry("cart", "cart.example"), 4));

        enforcement.replace(next, Set.of(), Set.of(CART));

        assertThat(cluster.objects()).containsOnlyKeys(key("ServiceEntry", "cart"));
    }

    @Test
    void whatAnEarlierLifeLeftBehindIsPruned() {
        first(desired(route("cart", "cart.example"), 3));
        Enforcement restarted = new Enforcement(cluster, new Ownership(Samples.HUB), () -> now);

        restarted.replace(bundle(), Set.of(), Set.of());

        assertThat(cluster.objects()).isEmpty();
    }
}
