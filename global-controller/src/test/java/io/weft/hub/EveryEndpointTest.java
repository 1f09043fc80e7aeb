package io.weft.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * What must hold of every endpoint, taken from what is really mapped: a new endpoint that is not described, or that has
 * no example here when it changes something, fails.
 */
class EveryEndpointTest {
    /** An endpoint as mapped: {@code GET /api/v1/me}. */
    private record Endpoint(String method, String path) {
        String in(String tenant) {
            return path.replace("{tenant}", tenant).replace("{gns}", "shop").replaceAll("\\{[a-z]+}", "x");
        }

        boolean changes() {
            return !method.equals("GET");
        }

        boolean inTenant() {
            return path.startsWith("/api/v1/tenants/{tenant}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A request that succeeds; {@code before} are PUTs (path, body) that it needs. */
    private record Example(String path, @Nullable String body, Map<String, String> before) {}

    private static final String GNS = "{\"spec\":{\"domain\":\"%s.example\",\"members\":[{\"namespaceSelector\":{}}]}}";
    private static final String ROUTE = "{\"spec\":{\"target\":\"cart\",\"rules\":[{\"timeout\":\"5s\"}]}}";

    /**
     * POSTs that change nothing; one that needs an agent which reported a great loss, and one that needs a frozen tenant: see
     * the tests of inventory and of access.
     */
    private static final List<String> ELSEWHERE = List.of(
            "POST /api/v1/tenants/{tenant}/diff",
            "POST /api/v1/tenants/{tenant}/global-namespaces/preview",
            "POST /api/v1/tenants/{tenant}/clusters/{name}/release-brake",
            "POST /api/v1/tenants/{tenant}/release-freeze");

    private final RunningHub hub = RunningHub.shared();

    private static Map<String, Example> examples() {
        String alpha = "/api/v1/tenants/alpha";
        Map<String, Example> examples = new TreeMap<>();
        String cluster = "/api/v1/tenants/{tenant}/clusters/{name}";
        Map<String, String> declared = Map.of(alpha + "/clusters/every", "{}");
        examples.put("PUT " + cluster, new Example(alpha + "/clusters/every-put", "{}", Map.of()));
        examples.put(
                "DELETE " + cluster,
                new Example(alpha + "/clusters/every-gone", null, Map.of(alpha + "/clusters/every-gone", "{}")));
        for (String action : List.of("join-token", "manifest", "revoke")) {
            examples.put(
                    "POST " + cluster + "/" + action, new Example(alpha + "/clusters/every/" + action, "{}", declared));
        }
        examples.put(
                "POST /api/v1/tenants/{tenant}/apply",
                new Example(
                        alpha + "/apply",
                        "{\"apiVersion\":\"weft.io/v1\",\"kind\":\"Cluster\",\"metadata\":{\"name\":\"every-apply\"}}",
                        Map.of()));
        examples.put(
                "POST /api/v1/tenants/{tenant}/tokens",
                new Example(alpha + "/tokens", "{\"name\":\"every\",\"role\":\"viewer\"}", Map.of()));
        String gns = alpha + "/global-namespaces/";
        examples.put(
                "PUT /api/v1/tenants/{tenant}/global-namespaces/{name}",
                new Example(gns + "every-put", GNS.formatted("every-put"), Map.of()));
        examples.put(
                "DELETE /api/v1/tenants/{tenant}/global-namespaces/{name}",
                new Example(gns + "every-gone", null, Map.of(gns + "every-gone", GNS.formatted("every-gone"))));
        Map<String, String> home = Map.of(gns + "every", GNS.formatted("every"));
        examples.put(
                "PUT /api/v1/tenants/{tenant}/global-namespaces/{gns}/traffic-routes/{name}",
                new Example(gns + "every/traffic-routes/put", ROUTE, home));
        SortedMap<String, String> withRoute = new TreeMap<>(home);
        withRoute.put(gns + "every/traffic-routes/gone", ROUTE.replace("cart", "gone"));
        examples.put(
                "DELETE /api/v1/tenants/{tenant}/global-namespaces/{gns}/traffic-routes/{name}",
                new Example(gns + "every/traffic-routes/gone", null, withRoute));
        return examples;
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        hub.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> endpoints.add(new Endpoint(method.name(), path)))));
        assertThat(endpoints).hasSizeGreaterThan(25);
        return endpoints;
    }

    @Test
    void descriptionHasWhatIsMappedAndNothingElse() {
        SortedSet<String> described = new TreeSet<>();
        JsonNode paths = RunningHub.json(hub.get(null, "/api/v1/openapi.json")).get("paths");
        paths.propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

        assertThat(described)
                .isEqualTo(new TreeSet<>(
                        endpoints().stream().map(Endpoint::toString).toList()));
    }

    @TestFactory
    List<DynamicTest> theParametersThatItKnowsAreThoseThatAreDescribed() {
        JsonNode paths = RunningHub.json(hub.get(null, "/api/v1/openapi.json")).get("paths");
        return endpoints().stream()
                .filter(endpoint -> !endpoint.path().endsWith("/openapi.json"))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
                    SortedSet<String> described = new TreeSet<>();
                    paths.get(endpoint.path())
                            .get(endpoint.method().toLowerCase(java.util.Locale.ROOT))
                            .path("parameters")
                            .forEach(parameter -> {
                                if (parameter.path("in").asString().equals("query"))
                                    described.add(parameter.path("name").asString());
                            });
                    HttpResponse<String> refused = hub.send(
                            RunningHub.ALPHA,
                            endpoint.method(),
                            endpoint.in("alpha") + "?no-such=x",
                            endpoint.changes() ? "{}" : null,
                            Map.of());
                    assertThat(refused.statusCode()).isEqualTo(400);
                    assertThat(RunningHub.json(refused)
                                    .at("/violations/0/expected")
                                    .asString())
                            .isEqualTo(described.isEmpty() ? "no parameter" : String.join(", ", described));
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> withoutACredentialItIs401() {
        return endpoints().stream()
                .filter(endpoint -> !endpoint.path().endsWith("/openapi.json"))
                .map(endpoint -> DynamicTest.dynamicTest(
                        endpoint.toString(),
                        () -> assertThat(send(null, endpoint, "alpha").statusCode())
                                .isEqualTo(401)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> tenantOfOthersIsAsANameThatNobodyHas() {
        String beta = hub.token("beta");
        return endpoints().stream()
                .filter(Endpoint::inTenant)
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
                    HttpResponse<String> ofOthers = send(beta, endpoint, "alpha");
                    HttpResponse<String> ofNobody = send(beta, endpoint, "nobody-has-this");
                    assertThat(ofOthers.statusCode()).isEqualTo(404);
                    assertThat(ofOthers.body()).isEqualTo(ofNobody.body());
                    assertThat(comparable(ofOthers)).isEqualTo(comparable(ofNobody));
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> mutationLeavesExactlyOneAuditRecord() {
        Map<String, Example> examples = examples();
        return endpoints().stream()
                .filter(endpoint -> endpoint.inTenant() && endpoint.changes())
                .filter(endpoint -> !ELSEWHERE.contains(endpoint.toString()))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
                    Example example = endpoint.path().endsWith("/tokens/{id}")
                            ? tokenToDelete()
                            : endpoint.path().endsWith("/revert")
                                    ? revisionToRevert()
                                    : Objects.requireNonNull(
                                            examples.get(endpoint.toString()), "an example of " + endpoint);
                    example.before()
                            .forEach((path, body) -> assertThat(hub.put(RunningHub.ALPHA, path, body)
                                            .statusCode())
                                    .isIn(200, 201));
                    long before = lastAudited();
                    HttpResponse<String> answer =
                            hub.send(RunningHub.ALPHA, endpoint.method(), example.path(), example.body(), Map.of());
                    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
                    assertThat(lastAudited()).isEqualTo(before + 1);
                }))
                .toList();
    }

    @Test
    void chainsOfAuditAreWhole() {
        for (String chain : List.of("done", "refused")) {
            JsonNode verified = RunningHub.json(
                    hub.get(RunningHub.ALPHA, "/api/v1/tenants/alpha/audit/verification?chain=" + chain));
            assertThat(verified.get("brokenAt").isNull()).isTrue();
        }
    }

    private Example revisionToRevert() {
        String alpha = "/api/v1/tenants/alpha";
        hub.put(RunningHub.ALPHA, alpha + "/clusters/every-revert", "{}");
        JsonNode put = RunningHub.json(
                hub.put(RunningHub.ALPHA, alpha + "/clusters/every-revert", "{\"spec\":{\"region\":\"a\"}}"));
        String path = alpha + "/revisions/" + put.at("/metadata/revision").asLong() + "/revert";
        return new Example(path, null, Map.of());
    }

    private Example tokenToDelete() {
        String path = "/api/v1/tenants/alpha/tokens";
        JsonNode made = RunningHub.json(hub.post(RunningHub.ALPHA, path, "{\"name\":\"d\",\"role\":\"viewer\"}"));
        return new Example(path + "/" + made.get("id").stringValue(), null, Map.of());
    }

    private long lastAudited() {
        return RunningHub.json(hub.get(RunningHub.ALPHA, "/api/v1/tenants/alpha/audit?limit=1"))
                .at("/items/0/sequence")
                .asLong();
    }

    private HttpResponse<String> send(@Nullable String token, Endpoint endpoint, String tenant) {
        return hub.send(token, endpoint.method(), endpoint.in(tenant), endpoint.changes() ? "{}" : null, Map.of());
    }

    private static Map<String, List<String>> comparable(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        headers.remove("connection"); // the server closes one now and then
        headers.remove("x-request-id");
        return headers;
    }
}
