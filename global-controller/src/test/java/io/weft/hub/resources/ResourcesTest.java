package io.weft.hub.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResourcesTest {
    private static final String ALPHA = "/api/v1/tenants/alpha";

    private final RunningHub hub = RunningHub.shared();

    private HttpResponse<String> put(String path, String body, Map<String, String> headers) {
        return hub.send(RunningHub.ALPHA, "PUT", ALPHA + path, body, headers);
    }

    private static String cluster(String label) {
        return "{\"spec\":{\"labels\":{\"env\":\"" + label + "\"}}}";
    }

    @Test
    void putMakesAResourceThatGetAnswers() {
        HttpResponse<String> made = put("/clusters/made", cluster("test"), Map.of());

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        HttpResponse<String> got = hub.get(RunningHub.ALPHA, ALPHA + "/clusters/made");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValue("ETag")).hasValue("\"1\"");
        JsonNode document = RunningHub.json(got);
        assertThat(document.at("/spec/labels/env").stringValue()).isEqualTo("test");
        assertThat(document.at("/metadata/generation").intValue()).isEqualTo(1);
        assertThat(document.at("/metadata/createdBy").stringValue()).isEqualTo("token:0123456789abcdef");
        assertThat(document.at("/status/conditions/0/type").stringValue()).isEqualTo("Accepted");
        assertThat(document.at("/status/conditions/1/status").stringValue()).isEqualTo("True");
    }

    @Test
    void sameDocumentAgainMakesNoRevision() {
        JsonNode first = RunningHub.json(put("/clusters/same", cluster("a"), Map.of()));
        HttpResponse<String> again = put("/clusters/same", cluster("a"), Map.of());

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(RunningHub.json(again).at("/metadata")).isEqualTo(first.at("/metadata"));
    }

    @Test
    void ifMatchGuardsAgainstTheOtherOnesWrite() {
        put("/clusters/guarded", cluster("a"), Map.of());
        assertThat(put("/clusters/guarded", cluster("b"), Map.of("If-Match", "\"1\""))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> late = put("/clusters/guarded", cluster("c"), Map.of("If-Match", "\"1\""));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.headers().firstValue("ETag")).hasValue("\"2\"");
    }

    @Test
    void ifNoneMatchOnlyCreates() {
        assertThat(put("/clusters/once", cluster("a"), Map.of("If-None-Match", "*"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(put("/clusters/once", cluster("b"), Map.of("If-None-Match", "*"))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void repeatedRequestAnswersAsTheFirstDid() {
        Map<String, String> key = Map.of("Idempotency-Key", "k-1");
        HttpResponse<String> first = put("/clusters/repeated", cluster("a"), key);
        put("/clusters/repeated", cluster("b"), Map.of());

        HttpResponse<String> again = put("/clusters/repeated", cluster("a"), key);
        HttpResponse<String> other = put("/clusters/repeated", cluster("c"), key);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/repeated"))
                        .at("/spec/labels/env")
                        .stringValue())
                .isEqualTo("b");
    }

    @Test
    void everyViolationIsToldAndNothingIsStored() {
        HttpResponse<String> answer = put(
                "/clusters/bad",
                "{\"metadata\":{\"name\":\"other\"},\"spec\":{\"meshKind\":\"Kuma\",\"colour\":1,\"region\":7}}",
                Map.of());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningHub.json(answer).get("violations"))
                .extracting(v -> v.get("pointer").stringValue())
                .contains("/metadata/name", "/spec/meshKind", "/spec/colour", "/spec/region");
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/bad").statusCode())
                .isEqualTo(404);
    }

    @Test
    void yamlIsTheSameAsJson() {
        HttpResponse<String> made = put(
                "/clusters/yaml",
                "apiVersion: weft.io/v1\nkind: Cluster\nmetadata: {name: yaml}\nspec:\n  labels:\n    env: 'true'\n",
                Map.of("Content-Type", "application/yaml", "Accept", "application/yaml"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(made.body()).contains("env: \"true\"");
        assertThat(RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/yaml"))
                        .at("/spec/labels/env")
                        .stringValue())
                .isEqualTo("true");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        Map<String, String> yaml = Map.of("Content-Type", "application/yaml");
        assertThat(put("/clusters/x", "{\"spec\":", Map.of()).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "{\"spec\":{},\"spec\":{}}", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(put("/clusters/x", "{} {}", Map.of()).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "[".repeat(5_000), Map.of()).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "", Map.of()).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "a: &a [1]\nb: *a\n", yaml).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "a: 1\na: 2\n", yaml).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "a: [", yaml).statusCode()).isEqualTo(400);
        assertThat(put("/clusters/x", "{}", Map.of("Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(put("/clusters/x", "{}", Map.of("Content-Type", "application/json;charset=utf-16"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(put("/clusters/x", " ".repeat(2 << 20), Map.of()).statusCode())
                .isEqualTo(413);
        assertThat(hub.post(RunningHub.ALPHA, ALPHA + "/clusters/x", "{}").statusCode())
                .isEqualTo(405);
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/castles").statusCode()).isEqualTo(404);
    }

    @Test
    void listGoesOnWhereThePageBeforeEnded() {
        List.of("page-a", "page-b", "page-c")
                .forEach(name -> put("/clusters/" + name, "{\"metadata\":{\"labels\":{\"set\":\"page\"}}}", Map.of()));
        String query = ALPHA + "/clusters?labelSelector=set%3Dpage&sort=-name&limit=2";

        JsonNode first = RunningHub.json(hub.get(RunningHub.ALPHA, query));
        put("/clusters/page-bb", "{\"metadata\":{\"labels\":{\"set\":\"page\"}}}", Map.of());
        JsonNode second = RunningHub.json(hub.get(
                RunningHub.ALPHA, query + "&continue=" + first.get("continue").stringValue()));

        assertThat(names(first)).containsExactly("page-c", "page-b");
        assertThat(names(second)).containsExactly("page-a");
        assertThat(second.has("continue")).isFalse();
    }

    @Test
    void fieldSelectorLooksIntoTheDocument() {
        put("/clusters/field", "{\"spec\":{\"region\":\"mars-1\"}}", Map.of());

        JsonNode found =
                RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/clusters?fieldSelector=spec.region%3Dmars-1"));

        assertThat(names(found)).containsExactly("field");
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters?fieldSelector=whatever")
                        .statusCode())
                .isEqualTo(400);
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters?limit=0").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aParameterThatTheAddressDoesNotKnowIsRefusedAndNothingWritten() {
        HttpResponse<String> list = hub.get(RunningHub.ALPHA, ALPHA + "/clusters?limt=5&q=a&sorted=name");
        HttpResponse<String> slip = put("/clusters/slip?dryrun=true", cluster("a"), Map.of());

        assertThat(list.statusCode()).isEqualTo(400);
        assertThat(RunningHub.json(list).path("violations"))
                .extracting(each -> each.path("pointer").asString())
                .containsExactly("?limt", "?sorted");
        assertThat(list.body()).contains("fieldSelector, labelSelector, limit");
        assertThat(slip.statusCode()).isEqualTo(400);
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/slip").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aGlobalNamespaceIsDeletedWithItsRoutesInOneChangeAndNoOtherIs() {
        for (String gns : List.of("whole", "whole-2")) {
            put(
                    "/global-namespaces/" + gns,
                    "{\"spec\":{\"domain\":\"" + gns + ".example\",\"members\":[{\"namespaceSelector\":"
                            + "[{\"field\":\"name\",\"op\":\"Exact\",\"value\":\"" + gns + "\"}]}]}}",
                    Map.of());
            for (String route : List.of("cart", "stock")) {
                put(
                        "/global-namespaces/" + gns + "/traffic-routes/" + route,
                        "{\"spec\":{\"target\":\"" + route + "\",\"rules\":[{\"split\":[{\"weight\":100}]}]}}",
                        Map.of());
            }
        }
        String whole = ALPHA + "/global-namespaces/whole";
        assertThat(hub.delete(RunningHub.ALPHA, whole).statusCode()).isEqualTo(409);
        assertThat(hub.delete(RunningHub.ALPHA, whole + "?cascade=yes").statusCode())
                .isEqualTo(400);
        JsonNode tried = RunningHub.json(hub.delete(RunningHub.ALPHA, whole + "?cascade=true&dryRun=true"));
        assertThat(tried.path("resources")).hasSize(3);

        JsonNode gone = RunningHub.json(hub.delete(RunningHub.ALPHA, whole + "?cascade=true"));

        assertThat(gone.path("name").asString()).isEqualTo("whole");
        JsonNode change = RunningHub.json(hub.get(
                RunningHub.ALPHA, ALPHA + "/revisions/" + gone.path("revision").asLong()));
        assertThat(change.path("changes"))
                .extracting(each -> each.path("effect").asString())
                .containsExactly("deleted", "deleted", "deleted");
        assertThat(hub.get(RunningHub.ALPHA, whole).statusCode()).isEqualTo(404);
        assertThat(hub.get(RunningHub.ALPHA, whole + "-2/traffic-routes/cart").statusCode())
                .isEqualTo(200);
    }

    @Test
    void deletedResourceIsGoneAndInHistory() {
        put("/clusters/gone", cluster("a"), Map.of());
        put("/clusters/gone", cluster("b"), Map.of());
        assertThat(hub.delete(RunningHub.ALPHA, ALPHA + "/clusters/gone").statusCode())
                .isEqualTo(200);

        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/gone").statusCode())
                .isEqualTo(404);
        assertThat(hub.delete(RunningHub.ALPHA, ALPHA + "/clusters/gone").statusCode())
                .isEqualTo(404);
        JsonNode history = RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/gone/history"))
                .get("items");
        assertThat(history).hasSize(3);
        assertThat(history.get(0).get("document").isNull()).isTrue();
        assertThat(history.get(1).at("/document/spec/labels/env").stringValue()).isEqualTo("b");
    }

    @Test
    void applyIsOneRevisionOrNothing() {
        String good = "apiVersion: weft.io/v1\nkind: Cluster\nmetadata: {name: apply-a}\n---\n"
                + "apiVersion: weft.io/v1\nkind: Cluster\nmetadata: {name: apply-b}\n";
        String bad = "apiVersion: weft.io/v1\nkind: Cluster\nmetadata: {name: apply-c}\n---\n"
                + "apiVersion: weft.io/v1\nkind: Castle\nmetadata: {name: apply-d}\n";
        Map<String, String> yaml = Map.of("Content-Type", "application/yaml");

        HttpResponse<String> applied = hub.send(RunningHub.ALPHA, "POST", ALPHA + "/apply", good, yaml);
        HttpResponse<String> refused = hub.send(RunningHub.ALPHA, "POST", ALPHA + "/apply", bad, yaml);

        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        JsonNode answer = RunningHub.json(applied);
        assertThat(answer.at("/resources/0/resource/metadata/revision"))
                .isEqualTo(answer.at("/resources/1/resource/metadata/revision"))
                .isEqualTo(answer.get("revision"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RunningHub.json(refused).at("/violations/0/pointer").stringValue())
                .isEqualTo("/1/kind");
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/apply-c").statusCode())
                .isEqualTo(404);
        JsonNode revisions = RunningHub.json(hub.get(RunningHub.ALPHA, ALPHA + "/revisions"));
        assertThat(StreamSupport.stream(revisions.get("items").spliterator(), false)
                        .map(item -> item.get("resources").toString()))
                .contains("[\"Cluster//apply-a\",\"Cluster//apply-b\"]");
    }

    @Test
    void dryRunStoresNothing() {
        HttpResponse<String> answer = put("/clusters/dry?dryRun=true", cluster("a"), Map.of());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(RunningHub.json(answer).at("/resources/0/effect").stringValue())
                .isEqualTo("created");
        assertThat(RunningHub.json(answer).has("position")).isTrue();
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/dry").statusCode())
                .isEqualTo(404);
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.get("items").spliterator(), false)
                .map(item -> item.at("/metadata/name").stringValue())
                .toList();
    }
}
