package io.weft.policy.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weft.policy.Samples;
import io.weft.policy.model.ResourceKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ResourceReaderTest {
    @Test
    void everythingThatIsBuiltIsRead() {
        for (String document : Documents.ALL) {
            assertThat(ResourceReader.read(Documents.json(document))).isInstanceOf(Document.Read.class);
        }
    }

    /** Each line: a document, the pointer into it, the value that is put there, and what is then said. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    C | /apiVersion                              | 'weft.io/v2'       | is not known
                    C | /kind                                    | 'Gateway'          | is not built
                    C | /kind                                    | 7                  | is not a text
                    C | /colour                                  | 'red'              | is an unknown field
                    C | /metadata/name                           | 'East'             | is not a name
                    C | /metadata/name                           | ''                 | is missing
                    C | /metadata/globalNamespace                | 'shop'             | does not fit the kind
                    C | /metadata/labels/team                    | 'no blanks'        | is not a label value
                    C | /metadata/labels/team                    | 1                  | is not a text
                    C | /metadata/owner                          | 'me'               | is an unknown field
                    C | /metadata                                | []                 | is not an object
                    C | /spec                                    | 'x'                | is not an object
                    C | /spec/displayName                        | 'a\\u0000b'        | holds a NUL character
                    C | /spec/displayName                        | '\\ud800'          | holds half a character
                    C | /spec/displayName                        | {}                 | is not a text
                    C | /spec/region                             | 'eu 1'             | is not a label value
                    C | /spec/network                            | '-'                | is not a label value
                    C | /spec/meshKind                           | 'Kuma'             | is not one of the choices that are built
                    C | /spec/drained                            | true               | is not built yet
                    C | /spec/maintenanceWindows                 | []                 | is not built yet
                    C | /spec/proxy                              | {}                 | is not built yet
                    C | /spec/meshInstall                        | {}                 | is not built yet
                    C | /spec/adminOwnedNamespaces               | []                 | is not built yet
                    C | /spec/namespaceInclusions                | {}                 | is not a list
                    C | /spec/namespaceInclusions/0              | 'shop'             | is not an object
                    C | /spec/namespaceInclusions/0/op           | 'Contains'         | is not one of the choices that are built
                    C | /spec/namespaceExclusions/0/value        | '('                | is not a regular expression
                    G | /spec/domain                             | 'shop'             | is not a domain
                    G | /spec/domain                             | 'Shop.Example'     | is not a domain
                    G | /spec/domain                             | 'shop.example.'    | is not a domain
                    G | /spec/domain                             | 'svc.cluster.local' | belongs to the clusters themselves
                    G | /spec/domain                             | null               | is missing
                    G | /spec/members                            | []                 | has no rule
                    G | /spec/members/1/namespaceSelector        | null               | is missing
                    G | /spec/members/1/namespaceSelectors       | {}                 | is an unknown field
                    G | /spec/members/0/namespaceSelector/0/field | 'uid'             | cannot be selected by
                    G | /spec/members/0/clusterSelector/matchExpressions/0/values | [] | does not fit the operator
                    G | /spec/members/0/clusterSelector/matchExpressions/1/values | ['x'] | does not fit the operator
                    G | /spec/members/0/clusterSelector/matchExpressions/0/operator | 'Near' | is not one of the choices
                    G | /spec/members/0/clusterSelector/matchExpressions/0/values/1 | ' '   | is not a label value
                    G | /spec/mtls                               | 'Permissive'       | is not one of the choices that are built
                    G | /spec/discovery                          | 'KubernetesNames'  | is not built yet
                    G | /spec/trustDomain                        | 'main'             | is not built yet
                    G | /spec/exportTo                           | []                 | is not built yet
                    G | /spec/importFrom                         | []                 | is not built yet
                    G | /spec/color                              | 'red'              | is not a colour
                    R | /metadata/globalNamespace                | null               | is missing
                    R | /metadata/globalNamespace                | 'Shop'             | is not a name
                    R | /spec/target                             | 'cart.shop.example' | is not a service name
                    R | /spec/hosts                              | []                 | is not built yet
                    R | /spec/rules                              | []                 | has no rule
                    R | /spec/rules/0/mirror                     | {}                 | is not built yet
                    R | /spec/rules/0/redirect                   | {}                 | is not built yet
                    R | /spec/rules/0/rewrite                    | {}                 | is not built yet
                    R | /spec/rules/0/headers                    | {}                 | is not built yet
                    R | /spec/rules/0/fault                      | {}                 | is not built yet
                    R | /spec/rules/0/cors                       | {}                 | is not built yet
                    R | /spec/rules/0/timeout                    | '10 s'             | is not such a duration
                    R | /spec/rules/0/timeout                    | '0s'               | is not such a duration
                    R | /spec/rules/0/timeout                    | '2h'               | is not such a duration
                    R | /spec/rules/0/timeout                    | 10                 | is not a text
                    R | /spec/rules/0/retries/attempts           | 11                 | is out of range
                    R | /spec/rules/0/retries/attempts           | null               | is missing
                    R | /spec/rules/0/retries/on                 | 'always'           | knows no 'always'
                    R | /spec/rules/0/matches/0/path/op          | 'Suffix'           | cannot be expressed by a mesh
                    R | /spec/rules/0/matches/0/path/value       | 'cart'             | is not a path
                    R | /spec/rules/0/matches/0/method           | 'FETCH'            | is not a method
                    R | /spec/rules/0/matches/0/headers/0/name   | 'x user'           | is not a name
                    R | /spec/rules/0/matches/0/headers/0/value  | '['                | is not a regular expression
                    R | /spec/rules/0/matches/0/source           | {}                 | is not built yet
                    R | /spec/rules/0/matches/0/jwtClaims        | []                 | is not built yet
                    R | /spec/rules/0/split/0/weight             | 99                 | weights sum to 99
                    R | /spec/rules/0/split/0/weight             | 101                | is out of range
                    R | /spec/rules/0/split/0/weight             | 99.5               | is out of range
                    R | /spec/rules/0/split/0/weight             | '100'              | is not a number
                    R | /spec/rules/0/split/0/weight             | null               | is missing
                    R | /spec/rules/0/split/0/version            | ''                 | is not a version
                    R | /spec/rules/1/split/1/cluster            | 'West'             | is not the name of a cluster
                    """)
    void whatIsWrongIsRefusedWhereItStands(String document, String pointer, String value, String message) {
        ObjectNode tree = (ObjectNode) Documents.json(document(document));
        put(tree, pointer, value);

        assertThat(ResourceReader.read(tree))
                .isInstanceOfSatisfying(
                        Document.Refused.class,
                        refused -> assertThat(refused.violations()).anySatisfy(v -> {
                            assertThat(v.message()).startsWith(message);
                            assertThat(pointer).startsWith(v.pointer());
                            assertThat(v.expected()).isNotEmpty();
                        }));
    }

    private static String document(String letter) {
        return switch (letter) {
            case "C" -> Documents.CLUSTER;
            case "G" -> Documents.GLOBAL_NAMESPACE;
            default -> Documents.TRAFFIC_ROUTE;
        };
    }

    private static void put(ObjectNode tree, String pointer, String value) {
        int last = pointer.lastIndexOf('/');
        String name = pointer.substring(last + 1);
        switch (tree.at(pointer.substring(0, last))) {
            case ObjectNode object -> object.set(name, Documents.json(value));
            case ArrayNode array -> array.set(Integer.parseInt(name), Documents.json(value));
            default -> throw new AssertionError(pointer);
        }
    }

    @Test
    void everyViolationIsSaidAtOnce() {
        List<Violation> violations = refused("""
                {'kind': 'TrafficRoute', 'metadata': {'name': 'a/b', 'globalNamespace': 'shop', 'x': 1},
                 'spec': {'target': 'Cart', 'rules': [{'split': [{'weight': 50}, {'weight': 20, 'version': 'v1'}], 'y~/z': 2}]}}
                """);

        assertThat(violations)
                .extracting(Violation::pointer, Violation::value)
                .containsExactlyInAnyOrder(
                        tuple("/metadata/name", "\"a/b\""),
                        tuple("/metadata/x", "1"),
                        tuple("/spec/target", "\"Cart\""),
                        tuple("/spec/rules/0/split", "[{\"weight\":50},{\"weight\":20,\"version\":\"v1\"}]"),
                        tuple("/spec/rules/0/y~0~1z", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "'x'", "[]"})
    void whatIsNoObjectIsNoResource(String document) {
        assertThat(refused(document))
                .singleElement()
                .satisfies(v -> assertThat(v.pointer()).isEmpty());
    }

    @Test
    void whatTheServerDecidesMayComeBackAndIsIgnored() {
        ObjectNode tree = (ObjectNode) Documents.json(Documents.CLUSTER);
        tree.putObject("status").put("anything", true);
        ((ObjectNode) tree.get("metadata")).put("generation", 9).put("createdBy", "mallory");

        assertThat(ResourceReader.read(tree)).isEqualTo(ResourceReader.read(Documents.json(Documents.CLUSTER)));
    }

    @Test
    void atAPathTheDocumentNeedNotNameItselfButMayNotDisagree() {
        ResourceKey east = ResourceKey.cluster("east");

        assertThat(ResourceReader.read(east, Documents.json("{}")))
                .isInstanceOfSatisfying(
                        Document.Read.class, read -> assertThat(read.key()).isEqualTo(east));
        assertThat(ResourceReader.read(ResourceKey.cluster("west"), Documents.json(Documents.CLUSTER)))
                .isInstanceOfSatisfying(
                        Document.Refused.class,
                        r -> assertThat(r.violations())
                                .extracting(Violation::pointer)
                                .containsExactly("/metadata/name"));
        assertThat(ResourceReader.read(
                        ResourceKey.trafficRoute(Samples.SHOP, "east"), Documents.json(Documents.CLUSTER)))
                .isInstanceOfSatisfying(
                        Document.Refused.class,
                        r -> assertThat(r.violations())
                                .extracting(Violation::pointer)
                                .contains("/kind"));
    }

    @Test
    void aRuleBehindOneThatMatchesEverythingIsRefused() {
        assertThat(refused("""
                        {'kind': 'TrafficRoute', 'metadata': {'name': 'a', 'globalNamespace': 'shop'},
                         'spec': {'target': 'cart', 'rules': [{}, {'matches': [{'method': 'GET'}]}]}}
                        """))
                .singleElement()
                .satisfies(v -> assertThat(v.message()).contains("matches everything"));
    }

    @Test
    void aLongValueIsNotRepeatedWhole() {
        ObjectNode tree = (ObjectNode) Documents.json(Documents.CLUSTER);
        ((ObjectNode) tree.get("spec")).put("description", "x".repeat(1_000_000));

        assertThat(ResourceReader.read(tree))
                .isInstanceOfSatisfying(
                        Document.Refused.class,
                        r -> assertThat(r.violations()).singleElement().satisfies(v -> {
                            assertThat(v.message()).isEqualTo("is too long");
                            assertThat(v.value()).hasSizeLessThan(300);
                        }));
    }

    @Test
    void listsHaveABound() {
        ObjectNode tree = (ObjectNode) Documents.json(Documents.GLOBAL_NAMESPACE);
        var members = ((ObjectNode) tree.get("spec")).putArray("members");
        for (int i = 0; i < 1_001; i++) members.addObject().putObject("namespaceSelector");

        assertThat(ResourceReader.read(tree))
                .isInstanceOfSatisfying(
                        Document.Refused.class,
                        r -> assertThat(r.violations())
                                .extracting(Violation::message)
                                .contains("has too many items"));
    }

    private static List<Violation> refused(String document) {
        return switch (ResourceReader.read(Documents.json(document))) {
            case Document.Refused refused -> refused.violations();
            case Document.Read read -> throw new AssertionError(read);
        };
    }
}
