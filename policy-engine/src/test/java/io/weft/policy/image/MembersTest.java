package io.weft.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.policy.History;
import io.weft.policy.Samples;
import io.weft.policy.image.Facts.NamespaceFact;
import io.weft.policy.model.ClusterSpec;
import io.weft.policy.model.GlobalNamespaceSpec;
import io.weft.policy.model.GlobalNamespaceSpec.MemberRule;
import io.weft.policy.model.NameMatch;
import io.weft.policy.model.NameMatch.Op;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.Selector;
import io.weft.policy.model.Selector.Expression;
import io.weft.policy.model.Selector.Operator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final Selector EVERYTHING = Selector.ALL;

    private final History history = new History(Samples.TENANT);

    @Test
    void aRuleSelectsByLabelsOfClusterAndNamespace() {
        clusters();

        assertThat(members(rule(labelled("region", "east"), labelled("team", "shop"))))
                .containsExactly("east/shop");
        assertThat(members(rule(EVERYTHING, labelled("team", "shop")))).containsExactly("east/shop", "west/shop");
    }

    @Test
    void anyRuleIsEnough() {
        clusters();

        assertThat(members(
                        rule(Samples.named("east"), Samples.named("shop")),
                        rule(Samples.named("west"), Samples.named("depot"))))
                .containsExactly("east/shop", "west/depot");
    }

    @Test
    void expressionsAreThoseOfKubernetes() {
        clusters();

        assertThat(members(rule(Samples.named("east"), expression(Operator.In, "depot", "x"))))
                .containsExactly("east/depot");
        assertThat(members(rule(Samples.named("east"), expression(Operator.NotIn, "depot"))))
                .containsExactly("east/plain", "east/shop");
        assertThat(members(rule(Samples.named("east"), expression(Operator.Exists))))
                .containsExactly("east/depot", "east/shop");
        assertThat(members(rule(Samples.named("east"), expression(Operator.DoesNotExist))))
                .containsExactly("east/plain");
    }

    @Test
    void namesAreMatchedExactlyByPartOrByWholeExpression() {
        clusters();

        assertThat(members(rule(EVERYTHING, name(Op.Prefix, "de")))).containsExactly("east/depot", "west/depot");
        assertThat(members(rule(EVERYTHING, name(Op.Suffix, "op")))).containsExactly("east/shop", "west/shop");
        assertThat(members(rule(EVERYTHING, name(Op.Regex, "s.*|depot")))).hasSize(4);
        assertThat(members(rule(EVERYTHING, name(Op.Regex, "ho")))).isEmpty();
    }

    @Test
    void namespacesOfTheSystemAreNeverMembers() {
        clusters();

        assertThat(members(rule(EVERYTHING, EVERYTHING)))
                .containsExactly("east/depot", "east/plain", "east/shop", "west/depot", "west/plain", "west/shop");
    }

    @Test
    void whatAClusterExcludesIsNoMember() {
        clusters();
        history.put(
                cluster("east", List.of(new NameMatch(Op.Suffix, "op"), new NameMatch(Op.Exact, "plain")), List.of()));
        history.put(cluster("west", List.of(), List.of(new NameMatch(Op.Exact, "shop"))));

        assertThat(members(rule(EVERYTHING, EVERYTHING)))
                .containsExactly("east/plain", "east/shop", "west/depot", "west/plain");
    }

    @Test
    void aClusterThatIsNotDeclaredAnyMoreHasNoMembers() {
        clusters();
        history.delete(ResourceKey.cluster("east"));
        history.observed(Samples.EAST, namespaces());

        assertThat(members(rule(EVERYTHING, Samples.named("shop")))).containsExactly("west/shop");
    }

    private void clusters() {
        history.put(Samples.cluster(Samples.EAST, 1), Samples.cluster(Samples.WEST, 1));
        history.observed(Samples.EAST, namespaces());
        history.observed(Samples.WEST, namespaces());
    }

    private static FactChange namespaces() {
        SortedMap<String, NamespaceFact> namespaces = new TreeMap<>();
        for (String team : List.of("shop", "depot")) {
            namespaces.put(team, new NamespaceFact(Samples.map("team", team)));
        }
        for (String other : List.of("plain", "kube-system", "kube-public", "istio-system", "weft-system")) {
            namespaces.put(other, new NamespaceFact(Samples.map()));
        }
        return new FactChange(namespaces, Samples.set(), new TreeMap<>(), Samples.set(), null, null);
    }

    private List<String> members(MemberRule... rules) {
        GlobalNamespaceSpec spec =
                new GlobalNamespaceSpec("", "", "shop.example", List.of(rules), GlobalNamespaceSpec.Mtls.Strict, "");
        return Members.resolve(spec, history.image()).stream()
                .map(Member::toString)
                .toList();
    }

    private static Resource cluster(String name, List<NameMatch> inclusions, List<NameMatch> exclusions) {
        ClusterSpec spec =
                new ClusterSpec("", "", Samples.map(), "", "", "", ClusterSpec.MeshKind.Istio, inclusions, exclusions);
        return new Resource.Cluster(ResourceKey.cluster(name), Samples.metadata(2, 2), spec);
    }

    private static MemberRule rule(Selector clusters, Selector namespaces) {
        return new MemberRule(clusters, namespaces, Selector.ALL);
    }

    private static Selector labelled(String key, String value) {
        return new Selector(Samples.map(key, value), List.of(), List.of());
    }

    private static Selector expression(Operator operator, String... values) {
        return new Selector(Samples.map(), List.of(new Expression("team", operator, List.of(values))), List.of());
    }

    private static Selector name(Op op, String value) {
        return new Selector(Samples.map(), List.of(), List.of(new Selector.Field("name", op, value)));
    }
}
