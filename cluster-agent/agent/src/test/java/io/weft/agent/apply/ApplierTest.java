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
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A plan of which something is refused when part of it is done. */
class ApplierTest {
    private static final Ownership OWNERSHIP = new Ownership(Samples.HUB);
    private static final ObjectKey RULE = key("DestinationRule", "cart");
    private static final ObjectKey ROUTE = key("VirtualService", "cart");
    private static final ObjectKey ENTRY = key("ServiceEntry", "cart");
    private static final ObjectKey OTHERS = key("VirtualService", "stock");

    private final InMemoryCluster cluster = new InMemoryCluster();
    private final Applier applier = new Applier(cluster, OWNERSHIP);

    private ApplyPlan plan(DesiredObject... objects) {
        Map<ObjectKey, ObservedObject> observed = new TreeMap<>(cluster.objects());
        Observation observation = new Observation(observed, cluster.claims(), applier.settled());
        return ApplyPlan.of(observation, bundle(objects), OWNERSHIP, new ApplyPlan.Pruning(Set.of(), true));
    }

    private ObjectNode stands(ObjectKey key) {
        return cluster.read(key).orElseThrow().json();
    }

    private void refuse(Predicate<ObjectKey> which) {
        cluster.refuse(key -> which.test(key) ? Optional.of(new ObjectFailure(Cause.INVALID, "no")) : Optional.empty());
    }

    private static @Nullable RefusalCode code(Applier.Result result, ObjectKey key) {
        List<ObjectRefusal> of = result.refusals.stream()
                .filter(refusal -> refusal.getKey().equals(key.toString()))
                .toList();
        assertThat(of).hasSizeLessThanOrEqualTo(1);
        return of.isEmpty() ? null : of.getFirst().getCode();
    }

    @Test
    void whatFollowsOfTheSameHostIsLeftAndOfAnotherHostIsDone() {
        refuse(RULE::equals);

        Applier.Result result = applier.run(plan(
                desired(rule("cart", "cart.example"), 2),
                desired(route("cart", "cart.example"), 3),
                desired(route("stock", "stock.example"), 3)));

        assertThat(code(result, RULE)).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
        assertThat(code(result, ROUTE)).isEqualTo(RefusalCode.REFUSAL_CODE_SKIPPED);
        assertThat(cluster.objects()).containsOnlyKeys(OTHERS);
    }

    @Test
    void whatWasWrittenBeforeTheRefusalStays() {
        refuse(ROUTE::equals);

        Applier.Result result =
                applier.run(plan(desired(rule("cart", "cart.example"), 2), desired(route("cart", "cart.example"), 3)));

        assertThat(result.written).containsOnlyKeys(RULE);
        assertThat(cluster.objects()).containsOnlyKeys(RULE);
        assertThat(code(result, ROUTE)).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
    }

    @Test
    void whatCallersUseIsNotTakenFromThemWhenWhatComesInItsPlaceWasRefused() {
        applier.run(plan(desired(entry("cart", "cart.example"), 1), desired(rule("cart", "cart.example"), 2)));
        refuse(RULE::equals);
        ObjectNode changed = rule("cart", "cart.example");
        ((ObjectNode) changed.path("spec")).putObject("trafficPolicy");

        Applier.Result result = applier.run(plan(desired(changed, 2)));

        assertThat(code(result, RULE)).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
        assertThat(code(result, ENTRY)).isEqualTo(RefusalCode.REFUSAL_CODE_SKIPPED);
        assertThat(result.refusals)
                .last()
                .satisfies(refusal -> assertThat(refusal.getRemoval()).isTrue());
        assertThat(cluster.objects()).containsKeys(ENTRY, RULE);
    }

    @Test
    void whatCouldNotBeReadLeavesItsHostAsItIs() {
        applier.run(plan(desired(route("cart", "cart.example"), 3)));

        Applier.Result result = applier.run(plan(), "cart.example"::equals);

        assertThat(code(result, ROUTE)).isEqualTo(RefusalCode.REFUSAL_CODE_SKIPPED);
        assertThat(cluster.objects()).containsKey(ROUTE);
    }

    /** Apply went through and the patch that sets back what a user added did not: not in force, and said so. */
    @Test
    void anObjectThatIsRefusedBetweenItsTwoWritesIsRefusedAndTheNextRunFinishesIt() {
        applier.run(plan(desired(route("cart", "cart.example"), 3)));
        ObjectNode edited = stands(ROUTE).deepCopy();
        ((ObjectNode) edited.path("spec")).putArray("exportTo").add("*");
        cluster.edit(edited);
        int[] writes = {0};
        refuse(key -> ++writes[0] == 2);

        Applier.Result halfWay = applier.run(plan(desired(route("cart", "cart.example"), 3)));

        assertThat(code(halfWay, ROUTE)).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID);
        assertThat(halfWay.written).isEmpty();
        assertThat(applier.settled()).isEmpty();
        refuse(key -> false);
        Applier.Result next = applier.run(plan(desired(route("cart", "cart.example"), 3)));
        assertThat(next.refusals).isEmpty();
        assertThat(next.written).containsOnlyKeys(ROUTE);
        assertThat(stands(ROUTE).path("spec"))
                .isEqualTo(route("cart", "cart.example").path("spec"));
    }
}
