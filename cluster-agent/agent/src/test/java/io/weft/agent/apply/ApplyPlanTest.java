package io.weft.agent.apply;

import static io.weft.agent.Samples.bundle;
import static io.weft.agent.Samples.desired;
import static io.weft.agent.Samples.entry;
import static io.weft.agent.Samples.key;
import static io.weft.agent.Samples.route;
import static io.weft.agent.Samples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.weft.agent.Samples;
import io.weft.agent.apply.ApplyPlan.Pruning;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.v1.RefusalCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ApplyPlanTest {
    private static final Ownership US = new Ownership(Samples.HUB);
    private static final Ownership OTHER_HUB = new Ownership("hub-2");
    private static final Pruning SOME = new Pruning(Set.of(), false);

    private final Map<ObjectKey, ObservedObject> there = new HashMap<>();

    private void there(ObjectNode json, int rank, Ownership owner) {
        ObservedObject bare = ObservedObject.of(json);
        there(owner.mark(json, bare.key(), rank));
    }

    private ObservedObject there(ObjectNode json) {
        ObservedObject object = ObservedObject.of(json);
        there.put(object.key(), object);
        return object;
    }

    private List<ApplyPlan.Step> plan(SortedMap<ObjectKey, DesiredObject> bundle, Claim... claims) {
        return plan(bundle, SOME, claims);
    }

    private List<ApplyPlan.Step> plan(SortedMap<ObjectKey, DesiredObject> bundle, Pruning pruning, Claim... claims) {
        return ApplyPlan.of(new Observation(there, List.of(claims), Map.of()), bundle, US, pruning)
                .steps();
    }

    @Test
    void putsGoUpByRankAndRemovalsDownAfterThem() {
        there(entry("old-1", "a.example"), 1, US);
        there(route("old-3", "b.example"), 3, US);

        var steps = plan(bundle(desired(route("new-3", "c.example"), 3), desired(entry("new-1", "c.example"), 1)));

        assertThat(steps).extracting(step -> step.key().name()).containsExactly("new-1", "new-3", "old-3", "old-1");
        assertThat(steps.get(2)).isInstanceOf(ApplyPlan.Remove.class);
    }

    @Test
    void aRemoteEndpointThatGetsItsVersionIsNotTakenAwayInBetween() {
        there(remote(""), 80, US);

        var steps = plan(bundle(desired(remote("v1"), 80)));

        assertThat(steps).singleElement().isInstanceOf(ApplyPlan.Write.class);
    }

    @Test
    void aRemoteEntryThatLosesItsLastEndpointStaysForTheSakeOfItsName() {
        there(remote("v1"), 80, US);
        ObjectNode without = remote("v1");
        ((ObjectNode) without.path("spec")).putArray("endpoints");

        assertThat(plan(bundle(desired(without, 80))))
                .singleElement()
                .satisfies(step -> assertThat(endpoints(step)).isEmpty());
    }

    @Test
    void aClusterThatIsNotAskedForItsVersionAnyMoreIsNotTakenAwayInBetween() {
        there(remote("v1"), 80, US);

        var steps = plan(bundle(desired(remote(""), 80)));

        assertThat(endpoints(steps.getFirst()))
                .isEqualTo(remote("").path("spec").path("endpoints"));
    }

    @Test
    void endpointsComeBeforeTheRouteThatNeedsThemIfTheOldRouteMayLeadToThem() {
        there(ruleOf("shop", "v1"), 50, US);
        there(routeTo("shop", "v1"), 60, US);
        there(remote("v1"), 80, US);

        var steps = plan(bundle(
                desired(ruleOf("shop", "v1", "v2"), 50),
                desired(routeTo("shop", "v2"), 60),
                desired(remote("v2"), 80)));

        assertThat(steps)
                .extracting(step -> step.key().kind())
                .containsExactly("DestinationRule", "ServiceEntry", "VirtualService", "ServiceEntry");
        assertThat(endpoints(steps.get(1))).hasSize(2);
        assertThat(endpoints(steps.get(3))).hasSize(1);
    }

    @Test
    void aSubsetGoesWhenNoRouteNamesItAnyMore() {
        there(ruleOf("shop", "v1"), 50, US);
        there(routeTo("shop", "v1"), 60, US);

        var steps = plan(bundle(desired(ruleOf("shop", "v2"), 50), desired(routeTo("shop", "v2"), 60)));

        assertThat(steps)
                .extracting(step -> step.key().kind())
                .containsExactly("DestinationRule", "VirtualService", "DestinationRule");
        assertThat(SendShape.subsetNames(((ApplyPlan.Write) steps.get(0)).document()))
                .containsExactlyInAnyOrder("v1", "v2");
        assertThat(SendShape.subsetNames(((ApplyPlan.Write) steps.get(2)).document()))
                .containsExactly("v2");
    }

    @Test
    void aHostThatMovesToAnotherNamespaceIsThereWholeBeforeItLeavesTheOld() {
        there(ruleOf("weft-system", "v1"), 50, US);
        there(routeTo("weft-system", "v1"), 60, US);
        there(in("weft-system", remote("v1")), 80, US);

        var steps = plan(bundle(
                desired(ruleOf("shop", "v2"), 50),
                desired(routeTo("shop", "v2"), 60),
                desired(in("shop", entry("cart", "cart.example")), 70)));

        assertThat(steps)
                .extracting(step -> step.key().namespace() + " " + step.key().kind())
                .containsExactly(
                        "shop DestinationRule",
                        "shop VirtualService",
                        "shop ServiceEntry",
                        "weft-system ServiceEntry",
                        "weft-system VirtualService",
                        "weft-system DestinationRule",
                        "shop DestinationRule");
        assertThat(SendShape.subsetNames(((ApplyPlan.Write) steps.get(0)).document()))
                .containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void backEndsThatOnlyTheGatewayKeepsLeaveTheirCallersAfterTheNewEntryCame() {
        there(exportedTo(in("shop", entry("cart", "cart.example")), "shop", "istio-system"), 70, US);
        there(routeTo("shop", "v1"), 60, US);

        var steps = plan(bundle(
                desired(exportedTo(in("shop", entry("cart", "cart.example")), "istio-system"), 70),
                desired(routeTo("weft-system", "v1"), 60),
                desired(in("weft-system", remote("v1")), 80)));

        assertThat(steps)
                .extracting(step -> step.key().namespace() + " " + step.key().kind())
                .containsExactly(
                        "weft-system VirtualService",
                        "weft-system ServiceEntry",
                        "shop VirtualService",
                        "shop ServiceEntry");
    }

    @Test
    void anEndpointThatGoesIsNeverBesideAPortThatItDidNotAnswer() {
        ObjectNode old = remote("v1");
        ((ObjectNode) old.path("spec")).putArray("ports").addObject().put("number", 80);
        there(old, 80, US);
        ObjectNode wanted = remote("v2");
        var ports = ((ObjectNode) wanted.path("spec")).putArray("ports");
        ports.addObject().put("number", 80);
        ports.addObject().put("number", 9000);

        var steps = plan(bundle(desired(wanted, 80)));

        assertThat(steps).hasSize(2);
        assertThat(endpoints(steps.get(0)).findValuesAsString("version")).containsExactly("v2", "v1");
        assertThat(SendShape.ports(((ApplyPlan.Write) steps.get(0)).document())).containsExactly(80);
        assertThat(endpoints(steps.get(1)).findValuesAsString("version")).containsExactly("v2");
        assertThat(SendShape.ports(((ApplyPlan.Write) steps.get(1)).document())).containsExactly(80, 9000);
    }

    @Test
    void whoAsksAClusterForAllVersionsAlreadyMayMeetAnother() {
        there(preferring("west", ruleOf("shop", "v1")), 50, US);
        there(routeTo("shop", "prefer-west"), 60, US);
        there(remote("v1"), 80, US);

        var steps = plan(bundle(
                desired(ruleOf("shop", "v1", "v2"), 50),
                desired(routeTo("shop", "v2"), 60),
                desired(remote("v2"), 80)));

        assertThat(steps)
                .extracting(step -> step.key().kind())
                .startsWith("DestinationRule", "ServiceEntry", "VirtualService");
        assertThat(endpoints(steps.get(1)).findValuesAsString("version")).containsExactly("v2", "v1");
    }

    @Test
    void whatGoesStaysForTheOldRouteIfItsClusterAnswersTheNewOneAnyway() {
        there(ruleOf("shop", "v1"), 50, US);
        there(routeTo("shop", "v1"), 60, US);
        there(remote("v1"), 80, US);

        var steps = plan(bundle(
                desired(preferring("west", ruleOf("shop", "v1")), 50),
                desired(routeTo("shop", "prefer-west"), 60),
                desired(remote("v2"), 80)));

        assertThat(endpoints(steps.get(1)).findValuesAsString("version")).containsExactly("v2", "v1");
        assertThat(steps.get(2).key().kind()).isEqualTo("VirtualService");
        assertThat(endpoints(steps.get(3)).findValuesAsString("version")).containsExactly("v2");
    }

    @Test
    void backEndsOfItsOwnComeBeforeTheRouteThatNeedsThem() {
        there(routeTo("shop", "v1"), 60, US);
        DesiredObject route = desired(routeTo("shop", "v2"), 60);
        DesiredObject own = desired(exportedTo(entry("cart", "cart.example"), "istio-system", "shop"), 70);

        var added = plan(bundle(route, own));
        there(exportedTo(entry("cart", "cart.example"), "istio-system"), 70, US);
        var shown = plan(bundle(route, own));

        assertThat(List.of(added, shown))
                .allSatisfy(steps -> assertThat(steps)
                        .extracting(step -> step.key().kind())
                        .containsExactly("ServiceEntry", "VirtualService"));
    }

    @Test
    void aRouteInAnotherNamespaceNeverMeetsWhatTheOldOneLeavesBehindUnlessItMay() {
        there(ruleOf("weft-system", "v1"), 50, US);
        there(routeTo("weft-system", "v1"), 60, US);
        there(in("weft-system", remote("v1")), 80, US);

        var steps = plan(bundle(
                desired(preferring("east", ruleOf("shop")), 50),
                desired(routeTo("shop", "prefer-east"), 60),
                desired(in("shop", entry("cart", "cart.example")), 70)));

        assertThat(steps)
                .extracting(step -> step.key().namespace() + " " + step.key().kind())
                .containsSubsequence(
                        "shop ServiceEntry",
                        "weft-system ServiceEntry",
                        "shop VirtualService",
                        "weft-system VirtualService");
    }

    private static ObjectNode preferring(String cluster, ObjectNode rule) {
        ((ArrayNode) rule.path("spec").path("subsets")).addObject().put("name", "prefer-" + cluster);
        return rule;
    }

    private static ObjectNode exportedTo(ObjectNode json, String... namespaces) {
        var list = ((ObjectNode) json.path("spec")).putArray("exportTo");
        for (String namespace : namespaces) list.add(namespace);
        return json;
    }

    private static ObjectNode in(String namespace, ObjectNode json) {
        ((ObjectNode) json.path("metadata")).put("namespace", namespace);
        return json;
    }

    private static ObjectNode ruleOf(String namespace, String... subsets) {
        ObjectNode rule = in(namespace, rule("cart", "cart.example"));
        var list = ((ObjectNode) rule.path("spec")).putArray("subsets");
        for (String subset : subsets)
            list.addObject().put("name", subset).putObject("labels").put("version", subset);
        return rule;
    }

    private static ObjectNode routeTo(String namespace, String subset) {
        ObjectNode route = in(namespace, route("cart", "cart.example"));
        ((ObjectNode) route.path("spec"))
                .putArray("http")
                .addObject()
                .putArray("route")
                .addObject()
                .putObject("destination")
                .put("host", "cart.example")
                .put("subset", subset);
        return route;
    }

    private static JsonNode endpoints(ApplyPlan.Step step) {
        assertThat(step).isInstanceOf(ApplyPlan.Write.class);
        return ((ApplyPlan.Write) step).document().path("spec").path("endpoints");
    }

    private static ObjectNode remote(String version) {
        ObjectNode entry = entry("cart-remote", "cart.example");
        ObjectNode labels = ((ObjectNode) entry.path("spec"))
                .putArray("endpoints")
                .addObject()
                .put("address", "192.0.2.1")
                .putObject("labels")
                .put("weft.io/cluster", "west");
        if (!version.isEmpty()) labels.put("version", version);
        return entry;
    }

    @Test
    void anObjectThatIsAsItShouldBeIsKept() {
        there(route("cart", "cart.example"), 3, US);

        assertThat(plan(bundle(desired(route("cart", "cart.example"), 3))))
                .containsExactly(new ApplyPlan.Keep(key("VirtualService", "cart")));
    }

    @Test
    void aFieldThatSomebodyAddedIsReasonToWrite() {
        ObjectNode changed = route("cart", "cart.example");
        ((ObjectNode) changed.path("spec")).putArray("gateways").add("ingress");
        there(changed, 3, US);

        assertThat(plan(bundle(desired(route("cart", "cart.example"), 3))).getFirst())
                .isInstanceOf(ApplyPlan.Write.class);
    }

    @Test
    void aLabelOfSomebodyElseIsNoReasonToWrite() {
        ObjectNode labelled = route("cart", "cart.example");
        there(labelled, 3, US);
        ((ObjectNode) labelled.path("metadata").path("labels")).put("team", "shop");

        assertThat(plan(bundle(desired(route("cart", "cart.example"), 3))).getFirst())
                .isInstanceOf(ApplyPlan.Keep.class);
    }

    @Test
    void anObjectOfAUserIsRefusedAndNeverRemoved() {
        there(route("cart", "cart.example"));
        there(route("other", "other.example"));

        var steps = plan(bundle(desired(route("cart", "cart.example"), 3)));

        assertThat(steps).singleElement().isInstanceOfSatisfying(ApplyPlan.Refuse.class, refuse -> {
            assertThat(refuse.refusal().getCode()).isEqualTo(RefusalCode.REFUSAL_CODE_CONFLICT);
            assertThat(refuse.refusal().getReason()).contains("not Weft's own");
        });
    }

    @Test
    void anObjectOfAnotherHubIsRefusedAndNeverRemoved() {
        there(route("cart", "cart.example"), 3, OTHER_HUB);
        there(route("other", "other.example"), 3, OTHER_HUB);

        var steps = plan(bundle(desired(route("cart", "cart.example"), 3)));

        assertThat(steps)
                .singleElement()
                .isInstanceOfSatisfying(
                        ApplyPlan.Refuse.class,
                        refuse -> assertThat(refuse.refusal().getReason()).contains("another hub"));
    }

    @Test
    void aUsersOwnRouteForTheSameHostIsAConflict() {
        Claim users = new Claim(key("VirtualService", "mine"), "cart.example", "");

        var steps = plan(
                bundle(desired(route("cart", "cart.example"), 3), desired(rule("cart", "cart.example"), 2)), users);

        assertThat(steps.get(0)).isInstanceOf(ApplyPlan.Write.class); // a rule beside a user's route is none
        assertThat(steps.get(1))
                .isInstanceOfSatisfying(
                        ApplyPlan.Refuse.class,
                        refuse -> assertThat(refuse.refusal().getReason()).contains("shop/mine"));
    }

    @Test
    void aRouteOfAnIngressIsNoConflict() {
        ObjectNode ingress = route("mine", "cart.example");
        ((ObjectNode) ingress.path("spec")).putArray("gateways").add("ingress");
        List<Claim> claims = Claim.of(ObservedObject.of(ingress));

        assertThat(claims).isEmpty();
    }

    @Test
    void aShortHostIsReadAsIstioReadsIt() {
        assertThat(Claim.of(ObservedObject.of(rule("mine", "cart"))))
                .extracting(Claim::host)
                .containsExactly("cart.shop.svc.cluster.local");
    }

    @Test
    void whatNobodyAskedToRemoveIsHeldWhenItIsMost() {
        for (int i = 0; i < 20; i++) there(route("r" + i, "r" + i + ".example"), 3, US);

        var steps = plan(bundle(desired(route("r0", "r0.example"), 3)));

        assertThat(steps).filteredOn(ApplyPlan.Remove.class::isInstance).isEmpty();
        assertThat(steps)
                .filteredOn(ApplyPlan.Refuse.class::isInstance)
                .hasSize(19)
                .allSatisfy(
                        step -> assertThat(((ApplyPlan.Refuse) step).refusal().getCode())
                                .isEqualTo(RefusalCode.REFUSAL_CODE_HELD));
    }

    @Test
    void whatTheHubAskedToRemoveIsRemovedHoweverMuchItIs() {
        for (int i = 0; i < 20; i++) there(route("r" + i, "r" + i + ".example"), 3, US);

        var steps = plan(bundle(), new Pruning(Set.copyOf(there.keySet()), false));

        assertThat(steps).hasSize(20).allMatch(ApplyPlan.Remove.class::isInstance);
    }

    @Test
    void whatIsNoJsonIsRefusedAlone() {
        var broken = new DesiredObject(io.weft.policy.bundle.BundleObject.of(
                key("VirtualService", "broken"), io.weft.policy.bundle.Layer.SEND, 1, new byte[] {'{'}));

        var steps = plan(bundle(broken, desired(route("cart", "cart.example"), 3)));

        assertThat(steps.get(0))
                .isInstanceOfSatisfying(
                        ApplyPlan.Refuse.class,
                        refuse -> assertThat(refuse.refusal().getCode()).isEqualTo(RefusalCode.REFUSAL_CODE_INVALID));
        assertThat(steps.get(1)).isInstanceOf(ApplyPlan.Write.class);
    }
}
