package io.weft.policy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.FactChange;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.image.Facts.ServiceFact;
import io.weft.policy.image.Facts.ServiceId;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GnsName;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Scope;
import io.weft.policy.model.Selector;
import io.weft.policy.model.TrafficRouteSpec;
import io.weft.policy.model.TrafficRouteSpec.Match;
import io.weft.policy.model.TrafficRouteSpec.Rule;
import io.weft.policy.model.TrafficRouteSpec.TextMatch;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final GnsName DEPOT = new GnsName("depot");

    private final History history = History.shop(Samples.TENANT);

    @Test
    void nothingSpeaksAgainstARouteBetweenVersionsAndClusters() {
        assertThat(put(cart(Samples.SHOP, "cart"))).isEmpty();
    }

    @Test
    void aDomainThatIsTakenIsAConflictThatNamesTheOwner() {
        assertThat(put(space(DEPOT, "shop.example")))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec/domain", "\"shop.example\"", "GlobalNamespace//shop"));
    }

    @Test
    void aDomainInsideOrAroundAnotherIsAConflict() {
        assertThat(put(space(DEPOT, "eu.shop.example"))).singleElement().satisfies(JudgeTest::assertOverlap);
        assertThat(put(space(DEPOT, "example"))).singleElement().satisfies(JudgeTest::assertOverlap);
        assertThat(put(space(DEPOT, "workshop.example"))).isEmpty();
    }

    @Test
    void twoGlobalNamespacesOfOneChangeMayNotShareADomain() {
        assertThat(put(space(DEPOT, "x.example"), space(new GnsName("other"), "x.example")))
                .hasSize(2);
    }

    @Test
    void aDomainMovesToAnotherGlobalNamespaceOnlyWhenNobodyHasTheFirstAnyMore() {
        history.change(List.of(), Samples.set(ResourceKey.globalNamespace("shop")), false);
        history.append(new Released(Scope.of(Samples.SHOP), history.image().revision(), clusters(Samples.NORTH, 2)));
        assertThat(put(space(DEPOT, "shop.example")))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec/domain", "\"shop.example\"", "in some cluster"));

        history.release(Scope.of(Samples.SHOP));
        assertThat(put(space(DEPOT, "shop.example"))).isEmpty();
    }

    @Test
    void aDomainIsNotFreeWhileAnybodyAnswersOrCallsInIt() {
        history.acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set());
        history.delete(ResourceKey.globalNamespace("shop"));

        assertThat(put(space(DEPOT, "shop.example")))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec/domain", "\"shop.example\"", "still in use"));
        assertThat(put(space(DEPOT, "op.example"))).isEmpty();
    }

    @Test
    void aGlobalNamespaceKeepsItsOwnDomain() {
        history.acknowledged(Samples.EAST, Samples.set(Samples.CART_V1), Samples.set());

        assertThat(put(Samples.shop(3))).isEmpty();
    }

    @Test
    void aRuleThatCatchesNothingIsRefused() {
        Resource.GlobalNamespace nothing = Samples.globalNamespace(DEPOT, "depot.example", 3, Samples.named("nowhere"));

        assertThat(put(nothing)).singleElement().satisfies(o -> {
            assertThat(o.conflict()).isFalse();
            assertThat(o.violation().pointer()).isEqualTo("/spec/members/0");
            assertThat(o.violation().message()).contains("catches nothing");
        });
    }

    @Test
    void aRuleMayWaitForAClusterThatHasNotToldWhatItHas() {
        history.put(Samples.cluster(new ClusterName("south"), 9));

        assertThat(put(Samples.globalNamespace(DEPOT, "depot.example", 3, Samples.named("nowhere"))))
                .isEmpty();
    }

    @Test
    void aRuleThatCaughtSomethingOnceMayStay() {
        history.observed(
                Samples.EAST,
                new FactChange(new TreeMap<>(), Samples.set("shop"), new TreeMap<>(), Samples.set(), null, null));
        history.observed(
                Samples.WEST,
                new FactChange(new TreeMap<>(), Samples.set("shop"), new TreeMap<>(), Samples.set(), null, null));
        history.observed(
                Samples.NORTH,
                new FactChange(new TreeMap<>(), Samples.set("shop"), new TreeMap<>(), Samples.set(), null, null));

        assertThat(put(Samples.shop(3))).isEmpty();
    }

    @Test
    void oneServiceInTwoMemberNamespacesOfAClusterIsRefusedWithBothNamed() {
        observeSecondCart();

        assertThat(put(Samples.globalNamespace(Samples.SHOP, Samples.DOMAIN, 3, prefix("shop"))))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec/members", "\"cart\"", "cluster east", "shop, shop-b"));
    }

    @Test
    void servicesThatNoRuleTakesDoNotCollide() {
        observeSecondCart();
        GlobalNamespaceSpec shop = Samples.shop(3).spec();
        GlobalNamespaceSpec spec = new GlobalNamespaceSpec(
                "",
                "",
                Samples.DOMAIN,
                List.of(
                        shop.members().getFirst(),
                        new GlobalNamespaceSpec.MemberRule(
                                Selector.ALL, Samples.named("shop-b"), Samples.named("payment"))),
                shop.mtls(),
                "");

        assertThat(put(new Resource.GlobalNamespace(ResourceKey.globalNamespace("shop"), Samples.metadata(2, 3), spec)))
                .isEmpty();
    }

    @Test
    void aCollisionThatCameByItselfDoesNotForbidOtherChanges() {
        history.put(Samples.globalNamespace(Samples.SHOP, Samples.DOMAIN, 3, prefix("shop")));
        observeSecondCart();

        assertThat(put(Samples.globalNamespace(Samples.SHOP, Samples.DOMAIN, 4, prefix("sho"))))
                .isEmpty();
    }

    @Test
    void aClusterWhoseNewLabelsMakeACollisionIsRefused() {
        observeSecondCart();
        Selector byRegion = new Selector(Samples.map("region", "here"), List.of(), List.of());
        GlobalNamespaceSpec spec = new GlobalNamespaceSpec(
                "",
                "",
                "depot.example",
                List.of(new GlobalNamespaceSpec.MemberRule(byRegion, prefix("shop"), Selector.ALL)),
                GlobalNamespaceSpec.Mtls.Strict,
                "");
        history.put(new Resource.GlobalNamespace(ResourceKey.globalNamespace("depot"), Samples.metadata(1, 3), spec));

        assertThat(put(Samples.cluster(Samples.EAST, 4, Samples.map("region", "here"))))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec", "\"cart\"", "GlobalNamespace//depot", "shop, shop-b"));
    }

    @Test
    void aRouteOfAnUnknownGlobalNamespaceIsRefused() {
        assertThat(put(cart(DEPOT, "cart")))
                .singleElement()
                .satisfies(o -> assertSenseless(o, "/metadata/globalNamespace", "\"depot\"", "does not exist"));
        assertThat(put(cart(DEPOT, "cart"), space(DEPOT, "depot.example"))).isEmpty();
    }

    @Test
    void aRouteToAnUnknownClusterIsRefused() {
        Resource route = Samples.route(
                Samples.SHOP,
                "cart",
                "cart",
                3,
                Samples.preferring(Samples.EAST, 50),
                Samples.preferring(new ClusterName("south"), 50));

        assertThat(put(route))
                .singleElement()
                .satisfies(o -> assertSenseless(o, "/spec/rules/0/split/1/cluster", "\"south\"", "does not exist"));
    }

    @Test
    void twoRoutesOfOneTargetAreAConflict() {
        history.put(cart(Samples.SHOP, "cart"));

        assertThat(put(cart(Samples.SHOP, "other")))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/spec/target", "\"cart\"", "TrafficRoute/shop/cart"));
        assertThat(put(cart(Samples.SHOP, "cart"))).isEmpty();
        assertThat(Judge.judge(
                        history.image(),
                        List.of(cart(Samples.SHOP, "other")),
                        List.of(ResourceKey.trafficRoute(Samples.SHOP, "cart"))))
                .isEmpty();
    }

    @Test
    void aRuleBehindOthersWithAllItsConditionsIsRefused() {
        Match a = path("/a");
        Match b = path("/b");
        List<Rule> rules = List.of(rule(a), rule(b), rule(b, a), rule(a, path("/c")));
        Resource route = new Resource.TrafficRoute(
                ResourceKey.trafficRoute(Samples.SHOP, "cart"),
                Samples.metadata(1, 3),
                new TrafficRouteSpec("", "cart", rules));

        assertThat(put(route))
                .singleElement()
                .satisfies(o -> assertSenseless(o, "/spec/rules/2/matches", "\"\"", "catches nothing"));
    }

    @Test
    void aGlobalNamespaceThatHasRoutesIsDeletedOnlyWithThem() {
        history.put(cart(Samples.SHOP, "cart"));
        ResourceKey shop = ResourceKey.globalNamespace("shop");

        assertThat(delete(shop))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/metadata/name", "\"shop\"", "TrafficRoute/shop/cart"));
        assertThat(delete(shop, ResourceKey.trafficRoute(Samples.SHOP, "cart"))).isEmpty();
    }

    @Test
    void aClusterThatARouteNamesIsNotDeleted() {
        history.put(Samples.route(Samples.SHOP, "cart", "cart", 3, Samples.preferring(Samples.EAST, 100)));

        assertThat(delete(ResourceKey.cluster("east")))
                .singleElement()
                .satisfies(o -> assertConflict(o, "/metadata/name", "\"east\"", "TrafficRoute/shop/cart"));
        assertThat(delete(ResourceKey.cluster("west"))).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        history.put(cart(Samples.SHOP, "cart"));

        List<Objection> objections = Judge.judge(
                history.image(),
                List.of(space(DEPOT, "shop.example"), cart(new GnsName("nowhere"), "cart"), cart(Samples.SHOP, "two")),
                List.of(ResourceKey.globalNamespace("shop")));

        assertThat(objections)
                .extracting(o -> o.key().toString())
                .containsExactly(
                        "GlobalNamespace//depot",
                        "TrafficRoute/nowhere/cart",
                        "TrafficRoute/shop/two",
                        "TrafficRoute/shop/two",
                        "GlobalNamespace//shop");
    }

    private List<Objection> put(Resource... puts) {
        return Judge.judge(history.image(), List.of(puts), List.of());
    }

    private List<Objection> delete(ResourceKey... keys) {
        return Judge.judge(history.image(), List.of(), List.of(keys));
    }

    private void observeSecondCart() {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        namespaces.put("shop-b", new NamespaceFact(Samples.map()));
        SortedMap<ServiceId, ServiceFact> services = new TreeMap<>();
        services.put(new ServiceId("shop-b", "cart"), Samples.service("cart", "v1"));
        history.observed(Samples.EAST, new FactChange(namespaces, Samples.set(), services, Samples.set(), null, null));
    }

    private static Resource cart(GnsName gns, String name) {
        return Samples.route(gns, name, "cart", 3, Samples.version("v1", 90), Samples.version("v2", 10));
    }

    private static Resource space(GnsName name, String domain) {
        return Samples.globalNamespace(name, domain, 3, Samples.named("shop"));
    }

    private static Selector prefix(String prefix) {
        return new Selector(Samples.map(), List.of(), List.of(new Selector.Field("name", NameMatch.Op.Prefix, prefix)));
    }

    private static Rule rule(Match... matches) {
        return new Rule("", List.of(matches), List.of(), null, null);
    }

    private static Match path(String path) {
        return new Match(new TextMatch(NameMatch.Op.Exact, path), null, List.of(), List.of());
    }

    private static SortedMap<ClusterName, Long> clusters(ClusterName cluster, long revision) {
        SortedMap<ClusterName, Long> clusters = new TreeMap<>();
        clusters.put(cluster, revision);
        return clusters;
    }

    private static void assertOverlap(Objection objection) {
        assertThat(objection.conflict()).isTrue();
        assertThat(objection.violation().message()).contains("overlaps with shop.example");
    }

    private static void assertConflict(Objection o, String pointer, String value, String... named) {
        assertThat(o.conflict()).isTrue();
        assertViolation(o, pointer, value, named);
    }

    private static void assertSenseless(Objection o, String pointer, String value, String... named) {
        assertThat(o.conflict()).isFalse();
        assertViolation(o, pointer, value, named);
    }

    private static void assertViolation(Objection o, String pointer, String value, String... named) {
        assertThat(o.violation().pointer()).isEqualTo(pointer);
        assertThat(o.violation().value()).isEqualTo(value);
        assertThat(o.violation().message()).contains(named);
        assertThat(o.violation().expected()).isNotEmpty();
    }
}
