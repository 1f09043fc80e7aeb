package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the agent asks of an API server, each verb on each kind with the rights of its manifest, and how the answer is told.
 * The real API server and the simulated one keep it alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServerContract {
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json";
    private static final String NETWORKING = "/apis/networking.istio.io/v1/namespaces/shop/";
    private static final String ROUTES = NETWORKING + "virtualservices";
    private static final String SECRETS = "/api/v1/namespaces/weft-system/secrets";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/weft-system/leases";
    private static final String STRICT = "?fieldManager=weft&fieldValidation=Strict";
    private static final String MOVED =
            "the object has been modified; please apply your changes to the latest version and try again";
    private static final String ACCOUNT = "system:serviceaccount:weft-system:weft-agent";
    private static final String SURROUNDINGS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: istio-system}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data: {mesh: "trustDomain: mesh.example"}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n1, labels: {topology.kubernetes.io/region: eu}}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: cart, namespace: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: cart-1, namespace: shop, labels: {app: cart, version: v1}}
            spec:
              nodeName: n1
              serviceAccountName: cart
              automountServiceAccountToken: false
              containers: [{name: app, image: none, ports: [{name: web, containerPort: 8080}]}]
            """;

    private ApiServer administrator;
    private ApiServer agent;

    /** As administrator, with Istio's definitions there. */
    abstract ApiServer start();

    /** So much time goes by that nobody can say what changed before. */
    abstract void forget();

    /** @param json of the answer; of one that is not JSON, a text */
    record Reply(int status, JsonNode json) {
        String text(String pointer) {
            return json.at(pointer).asString("");
        }

        String message() {
            return text("/message");
        }
    }

    @BeforeAll
    void prepare() {
        administrator = start();
        administrator.apply(SURROUNDINGS);
        administrator.apply(manifest());
        agent = administrator.as(token("weft-agent", "weft-system", "{}")
                .json()
                .at("/status/token")
                .asString());
    }

    @AfterEach
    void tidy() {
        for (String plural : List.of("virtualservices", "serviceentries", "destinationrules", "gateways")) {
            for (JsonNode item : ask(administrator, "GET", NETWORKING + plural, JSON, "")
                    .json()
                    .path("items")) {
                String name = item.at("/metadata/name").asString();
                ask(administrator, "DELETE", NETWORKING + plural + "/" + name, JSON, "");
            }
        }
        for (String mine : List.of(SECRETS + "/one", LEASES + "/weft-agent")) {
            ask(administrator, "DELETE", mine, JSON, "");
        }
    }

    private static String manifest() {
        try (InputStream template = ApiServerContract.class.getResourceAsStream("/weft/agent.yaml.template")) {
            if (template == null) throw new IllegalStateException("the agent's manifest is missing");
            return new String(template.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\$\\{[a-zA-Z]+}", "x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply ask(ApiServer who, String method, String path, String type, String body) {
        HttpResponse<String> response = who.send(method, path, type, body);
        String text = response.body();
        boolean json = text.startsWith("{");
        return new Reply(
                response.statusCode(),
                json
                        ? JsonMapper.shared().readTree(text)
                        : JsonMapper.shared().getNodeFactory().stringNode(text));
    }

    private Reply get(String path) {
        return ask(agent, "GET", path, JSON, "");
    }

    private Reply apply(String path, boolean force, String body) {
        return ask(agent, "PATCH", path + STRICT + "&force=" + force, APPLY, body);
    }

    private Reply token(String account, String namespace, String spec) {
        String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account + "/token";
        return ask(administrator, "POST", path, JSON, """
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":%s}""".formatted(spec));
    }

    /** @param inSpec JSON members after the hosts */
    private static String route(String name, String metadata, String host, String inSpec) {
        return """
                {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
                 "metadata":{"name":"%s","namespace":"shop"%s},"spec":{"hosts":["%s"]%s}}""".formatted(name, metadata, host, inSpec);
    }

    private static String plain(String name) {
        return route(name, "", "cart.example", "");
    }

    // What is there at all.

    @Test
    void groupsAndKindsAreTold() {
        assertThat(get("/version").text("/gitVersion")).startsWith("v1.");
        assertThat(names(get("/apis/networking.istio.io/v1"), "virtualservices"))
                .containsExactly("VirtualService namespaced=true");
        assertThat(names(get("/apis/networking.istio.io/v1alpha3"), "envoyfilters"))
                .containsExactly("EnvoyFilter namespaced=true");
        assertThat(names(get("/api/v1"), "nodes")).containsExactly("Node namespaced=false");
        assertThat(get("/apis/not.there/v1").status()).isEqualTo(404);
    }

    private static List<String> names(Reply list, String plural) {
        return list.json()
                .path("resources")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(plural))
                .map(each -> each.path("kind").asString() + " namespaced="
                        + each.path("namespaced").asBoolean())
                .toList();
    }

    // Who asks, and what they may.

    @Test
    void whoIsNobodyIsTurnedAway() {
        Reply wrong = ask(agent.as("nobodys-token"), "GET", "/api/v1/nodes", JSON, "");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.message()).isEqualTo("Unauthorized");

        Reply none = ask(agent.as(""), "GET", "/api/v1/nodes", JSON, "");
        assertThat(none.status()).isEqualTo(403);
        assertThat(none.message()).startsWith("nodes is forbidden: User \"system:anonymous\" cannot list");
    }

    @Test
    void aTokenForSomebodyElseIsNotOne() {
        Reply live = token("weft-live", "istio-system", "{\"audiences\":[\"istio-ca\"],\"expirationSeconds\":3600}");
        assertThat(live.status()).isEqualTo(201);
        assertThat(live.text("/spec/audiences/0")).isEqualTo("istio-ca");
        assertThat(live.text("/status/expirationTimestamp")).endsWith("Z");
        String claims = new String(
                Base64.getUrlDecoder().decode(live.text("/status/token").split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(JsonMapper.shared().readTree(claims).path("sub").asString())
                .isEqualTo("system:serviceaccount:istio-system:weft-live");

        Reply used = ask(agent.as(live.text("/status/token")), "GET", "/api/v1/nodes", JSON, "");

        assertThat(used.status()).isEqualTo(401);
    }

    @Test
    void theAgentAsksForTheOneTokenThatItMay() {
        String asked = "{\"spec\":{\"audiences\":[\"istio-ca\"],\"expirationSeconds\":3600}}";
        String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token";

        assertThat(ask(agent, "POST", path.formatted("istio-system", "weft-live"), JSON, asked)
                        .status())
                .isEqualTo(201);
        Reply own = ask(agent, "POST", path.formatted("weft-system", "weft-agent"), JSON, asked);
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.message())
                .isEqualTo("serviceaccounts \"weft-agent\" is forbidden: User \"" + ACCOUNT
                        + "\" cannot create resource \"serviceaccounts/token\" in API group \"\" in the namespace"
                        + " \"weft-system\"");
        assertThat(token("nobody", "istio-system", "{}").message()).isEqualTo("serviceaccounts \"nobody\" not found");
    }

    @Test
    void whatTheManifestDoesNotGrantIsForbiddenInTheseWords() {
        Reply cluster = get("/api/v1/configmaps");
        assertThat(cluster.status()).isEqualTo(403);
        assertThat(cluster.text("/reason")).isEqualTo("Forbidden");
        assertThat(cluster.message())
                .isEqualTo("configmaps is forbidden: User \"" + ACCOUNT
                        + "\" cannot list resource \"configmaps\" in API group \"\" at the cluster scope");
        assertThat(get("/api/v1/namespaces/shop/secrets/x").message())
                .isEqualTo("secrets \"x\" is forbidden: User \"" + ACCOUNT
                        + "\" cannot get resource \"secrets\" in API group \"\" in the namespace \"shop\"");
        assertThat(ask(agent, "DELETE", ROUTES, JSON, "").message())
                .isEqualTo("virtualservices.networking.istio.io is forbidden: User \"" + ACCOUNT
                        + "\" cannot deletecollection resource \"virtualservices\" in API group"
                        + " \"networking.istio.io\" in the namespace \"shop\"");
        assertThat(ask(agent, "PUT", "/api/v1/namespaces/shop", JSON, "{}").status())
                .isEqualTo(403);
    }

    @Test
    void aRightForOneNameIsARightToListThatName() {
        String maps = "/api/v1/namespaces/istio-system/configmaps";
        Reply one = get(maps + "?fieldSelector=metadata.name%3Distio");
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.text("/items/0/data/mesh")).isEqualTo("trustDomain: mesh.example");
        assertThat(get(maps).status()).isEqualTo(403);
        assertThat(get(maps + "?fieldSelector=metadata.name%3Dother").status()).isEqualTo(403);
    }

    // Lists.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces",
                "/api/v1/nodes",
                "/api/v1/services",
                "/api/v1/pods",
                "/apis/apps/v1/deployments",
                "/apis/apps/v1/statefulsets",
                "/apis/apps/v1/daemonsets",
                "/apis/networking.istio.io/v1/virtualservices",
                "/apis/networking.istio.io/v1/destinationrules",
                "/apis/networking.istio.io/v1/serviceentries",
                "/apis/networking.istio.io/v1/gateways",
                "/apis/networking.istio.io/v1alpha3/envoyfilters",
                "/api/v1/namespaces/istio-system/configmaps"
            })
    void everythingThatTheAgentWatchesCanBeListedAndWatched(String path) {
        String one = path.endsWith("configmaps") ? "fieldSelector=metadata.name%3Distio" : "";
        // A real server asks for patience as long as the storage of a kind just defined is being made.
        Reply list = await().atMost(Duration.ofSeconds(30))
                .until(() -> get(path + "?resourceVersion=0&" + one), answer -> answer.status() != 429);
        assertThat(list.status()).as(list.message()).isEqualTo(200);
        assertThat(list.text("/kind")).endsWith("List");
        String version = list.text("/metadata/resourceVersion");
        assertThat(version).matches("\\d+");

        HttpResponse<String> watch = agent.send(
                "GET",
                path + "?watch=true&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=" + version + "&" + one,
                JSON,
                "");
        assertThat(watch.statusCode()).isEqualTo(200);
        assertThat(watch.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void itemsOfAListSayWhatTheyAreWhereTheirKindWasDefined() {
        apply(ROUTES + "/one", false, plain("one"));
        assertThat(get(ROUTES).text("/items/0/kind")).isEqualTo("VirtualService");
        assertThat(get("/api/v1/services").json().at("/items/0").has("kind")).isFalse();
    }

    @Test
    void aListComesInPagesAndBySelector() {
        String ours = ",\"labels\":{\"app.kubernetes.io/managed-by\":\"weft\"}";
        for (String name : List.of("a", "b", "c")) {
            assertThat(apply(ROUTES + "/" + name, false, route(name, ours, "x.example", ""))
                            .status())
                    .isEqualTo(201);
        }
        apply(ROUTES + "/mine", false, plain("mine"));
        String query = "?limit=2&labelSelector=app.kubernetes.io%2Fmanaged-by%3Dweft";

        Reply first = get("/apis/networking.istio.io/v1/virtualservices" + query);
        String next = URLEncoder.encode(first.text("/metadata/continue"), StandardCharsets.UTF_8);
        Reply second = get("/apis/networking.istio.io/v1/virtualservices" + query + "&continue=" + next);

        assertThat(items(first)).containsExactly("a", "b");
        assertThat(items(second)).containsExactly("c");
        assertThat(second.text("/metadata/continue")).isEmpty();
        assertThat(get(ROUTES + "?limit=1&continue=nonsense").status()).isEqualTo(400);
        assertThat(get("/api/v1/pods?fieldSelector=spec.foo%3Dx").message())
                .isEqualTo("field label not supported: spec.foo");
    }

    private static List<String> items(Reply list) {
        return list.json()
                .path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asString())
                .toList();
    }

    // Watches.

    private List<JsonNode> watch(String path, String query) {
        HttpResponse<String> response = agent.send("GET", path + "?watch=true&timeoutSeconds=1&" + query, JSON, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<JsonNode> events = new ArrayList<>();
        response.body().lines().forEach(line -> events.add(JsonMapper.shared().readTree(line)));
        return events;
    }

    private static List<String> told(List<JsonNode> events) {
        return events.stream()
                .filter(event -> !event.path("type").asString().equals("BOOKMARK"))
                .map(event -> event.path("type").asString() + " "
                        + event.at("/object/metadata/name").asString())
                .toList();
    }

    @Test
    void aWatchGoesOnFromWhereAListWas() {
        String version = get(ROUTES).text("/metadata/resourceVersion");
        apply(ROUTES + "/one", false, plain("one"));
        apply(ROUTES + "/one", false, route("one", "", "other.example", ""));
        ask(agent, "DELETE", ROUTES + "/one", JSON, "{}");

        List<JsonNode> events = watch(ROUTES, "resourceVersion=" + version);

        assertThat(told(events)).containsExactly("ADDED one", "MODIFIED one", "DELETED one");
        assertThat(events.get(1).at("/object/spec/hosts/0").asString()).isEqualTo("other.example");
        assertThat(events.get(1).at("/object/kind").asString()).isEqualTo("VirtualService");
        String middle = events.get(1).at("/object/metadata/resourceVersion").asString();
        assertThat(told(watch(ROUTES, "resourceVersion=" + middle))).containsExactly("DELETED one");
    }

    @Test
    void aWatchTellsWhatHappensWhileItIsOpen() {
        String version = get("/api/v1/namespaces").text("/metadata/resourceVersion");
        CompletableFuture<List<JsonNode>> open =
                CompletableFuture.supplyAsync(() -> watch(ROUTES, "resourceVersion=" + version));
        apply(ROUTES + "/one", false, plain("one"));
        assertThat(told(open.join())).contains("ADDED one");
    }

    @Test
    void aWatchBySelectorTellsWhatEntersAndLeaves() {
        String version = get(ROUTES).text("/metadata/resourceVersion");
        apply(ROUTES + "/one", false, plain("one"));
        ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"metadata\":{\"labels\":{\"a\":null}}}");

        assertThat(told(watch(ROUTES, "labelSelector=a%3Db&resourceVersion=" + version)))
                .containsExactly("ADDED one", "DELETED one");
    }

    @Test
    void aWatchFromNowhereBeginsWithWhatIsThere() {
        apply(ROUTES + "/one", false, plain("one"));
        assertThat(told(watch(ROUTES, "resourceVersion=0"))).contains("ADDED one");
        assertThat(told(watch("/api/v1/services", "fieldSelector=metadata.name%3Dcart")))
                .containsExactly("ADDED cart");
    }

    @Test
    void aWatchFromTooLongAgoIsToldSo() {
        forget();
        List<JsonNode> events = watch(ROUTES, "resourceVersion=1");
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().path("type").asString()).isEqualTo("ERROR");
        assertThat(events.getFirst().at("/object/code").asInt()).isEqualTo(410);
        assertThat(events.getFirst().at("/object/reason").asString()).isEqualTo("Expired");
        assertThat(events.getFirst().at("/object/message").asString()).startsWith("too old resource version: 1 (");
    }

    @Test
    void bookmarksAreOnlyForThoseWhoAsk() {
        String version = get(ROUTES).text("/metadata/resourceVersion");
        assertThat(watch(ROUTES, "resourceVersion=" + version)).isEmpty();
        assertThat(get(ROUTES + "?watch=true&resourceVersion=abc").status()).isEqualTo(500);
    }

    // Server-side apply.

    @Test
    void anAppliedObjectSaysWhoAppliedIt() {
        Reply made = apply(
                ROUTES + "/one",
                false,
                route("one", ",\"labels\":{\"a\":\"b\"},\"annotations\":{\"x\":\"y\"}", "cart.example", """
                        ,"http":[{"route":[{"destination":{"host":"cart.example"},"weight":3}]}]"""));

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/metadata/generation")).isEqualTo("1");
        assertThat(made.text("/metadata/uid")).hasSize(36);
        JsonNode managed = made.json().at("/metadata/managedFields");
        assertThat(managed.size()).isEqualTo(1);
        assertThat(managed.at("/0/manager").asString()).isEqualTo("weft");
        assertThat(managed.at("/0/operation").asString()).isEqualTo("Apply");
        assertThat(managed.at("/0/fieldsV1")).isEqualTo(JsonMapper.shared().readTree("""
                {"f:metadata":{"f:annotations":{"f:x":{}},"f:labels":{"f:a":{}}},"f:spec":{"f:hosts":{},"f:http":{}}}"""));
    }

    @Test
    void whatIsAppliedAgainChangesNothing() {
        Reply first = apply(ROUTES + "/one", false, plain("one"));
        Reply second = apply(ROUTES + "/one", false, plain("one"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void whatIsAppliedNoMoreIsGoneAndWhatOthersAddedStays() {
        apply(
                ROUTES + "/one",
                false,
                route("one", ",\"labels\":{\"a\":\"b\"}", "cart.example", ",\"gateways\":[\"mesh\"]"));
        byHand("{\"metadata\":{\"annotations\":{\"note\":\"mine\"}},\"spec\":{\"exportTo\":[\".\"]}}");

        Reply now = apply(ROUTES + "/one", false, plain("one"));

        assertThat(now.status()).as(now.message()).isEqualTo(200);
        assertThat(now.json().path("spec")).isEqualTo(JsonMapper.shared().readTree("""
                {"hosts":["cart.example"],"exportTo":["."]}"""));
        assertThat(now.json().at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(now.text("/metadata/annotations/note")).isEqualTo("mine");
        assertThat(now.text("/metadata/generation")).isEqualTo("3");
    }

    /** As somebody with an editor. */
    private Reply byHand(String patch) {
        return ask(administrator, "PATCH", ROUTES + "/one?fieldManager=kubectl-edit", MERGE, patch);
    }

    @Test
    void aFieldThatSomebodyElseSetIsAConflictThatNamesThem() {
        apply(ROUTES + "/one", false, route("one", ",\"labels\":{\"a\":\"b\"}", "cart.example", ""));
        Reply edited = byHand("{\"metadata\":{\"labels\":{\"z\":\"1\"}},\"spec\":{\"hosts\":[\"evil.example\"]}}");
        assertThat(owners(edited)).containsExactlyInAnyOrder("weft Apply", "kubectl-edit Update");

        Reply one = apply(ROUTES + "/one", false, plain("one"));
        Reply two = apply(ROUTES + "/one", false, route("one", ",\"labels\":{\"z\":\"2\"}", "cart.example", ""));

        assertThat(one.status()).isEqualTo(409);
        assertThat(one.text("/reason")).isEqualTo("Conflict");
        assertThat(one.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"kubectl-edit\" using"
                        + " networking.istio.io/v1: .spec.hosts");
        assertThat(one.text("/details/causes/0/reason")).isEqualTo("FieldManagerConflict");
        assertThat(one.text("/details/causes/0/field")).isEqualTo(".spec.hosts");
        assertThat(two.message())
                .isEqualTo("Apply failed with 2 conflicts: conflicts with \"kubectl-edit\" using"
                        + " networking.istio.io/v1:\n- .metadata.labels.z\n- .spec.hosts");
    }

    private static List<String> owners(Reply object) {
        return object.json()
                .at("/metadata/managedFields")
                .valueStream()
                .map(each -> each.path("manager").asString() + " "
                        + each.path("operation").asString())
                .toList();
    }

    @Test
    void forceTakesOverOnlyWhatIsApplied() {
        apply(ROUTES + "/one", false, plain("one"));
        byHand("{\"spec\":{\"hosts\":[\"evil.example\"],\"gateways\":[\"mesh\"]}}");

        Reply taken = apply(ROUTES + "/one", true, plain("one"));

        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.text("/spec/hosts/0")).isEqualTo("cart.example");
        assertThat(taken.text("/spec/gateways/0")).isEqualTo("mesh");
        assertThat(owners(taken)).containsExactlyInAnyOrder("weft Apply", "kubectl-edit Update");
        assertThat(fields(taken, "kubectl-edit")).isEqualTo("{\"f:spec\":{\"f:gateways\":{}}}");

        Reply cleaned = ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"spec\":{\"gateways\":null}}");
        assertThat(owners(cleaned)).containsExactly("weft Apply");
        assertThat(cleaned.json().path("spec").has("gateways")).isFalse();
    }

    private static String fields(Reply object, String manager) {
        return object.json()
                .at("/metadata/managedFields")
                .valueStream()
                .filter(each -> each.path("manager").asString().equals(manager))
                .map(each -> each.path("fieldsV1").toString())
                .findFirst()
                .orElse("");
    }

    @Test
    void forceTakesOverOnlyWhatWasSeen() {
        Reply seen = apply(ROUTES + "/one", false, plain("one"));
        byHand("{\"spec\":{\"gateways\":[\"mesh\"]}}");
        String as = ",\"uid\":\"%s\",\"resourceVersion\":\"%s\"";
        String uid = seen.text("/metadata/uid");

        Reply stale = apply(
                ROUTES + "/one",
                true,
                route("one", as.formatted(uid, seen.text("/metadata/resourceVersion")), "cart.example", ""));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.message())
                .isEqualTo("Operation cannot be fulfilled on virtualservices.networking.istio.io \"one\": " + MOVED);
        assertThat(stale.json().at("/details/causes").isMissingNode()).isTrue();

        String now = get(ROUTES + "/one").text("/metadata/resourceVersion");
        Reply other = apply(ROUTES + "/one", true, route("one", as.formatted("other", now), "cart.example", ""));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.message()).contains("metadata.uid: Invalid value: \"other\": field is immutable");

        Reply gone = apply(ROUTES + "/none", true, route("none", as.formatted(uid, now), "cart.example", ""));
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on virtualservices.networking.istio.io \"none\": uid mismatch:"
                                + " the provided object specified uid " + uid + ", and no existing object was found");
    }

    @Test
    void itemsOfAListThatAreToldApartAreMergedByTheirKey() {
        String entry = """
                {"apiVersion":"networking.istio.io/v1","kind":"ServiceEntry","metadata":{"name":"one"},
                 "spec":{"hosts":["a.example"],"resolution":"STATIC","ports":[%s]}}""";
        String path = NETWORKING + "serviceentries/one";
        Reply made = apply(path, false, entry.formatted("""
                {"name":"http","number":80,"protocol":"HTTP"}"""));
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(fields(made, "weft")).contains("\"k:{\\\"name\\\":\\\"http\\\"}\":{\".\":{},\"f:name\":{}");
        ask(administrator, "PATCH", path + "?fieldManager=other&force=true", APPLY, entry.formatted("""
                {"name":"grpc","number":90,"protocol":"GRPC"}"""));

        Reply now = apply(path, false, entry.formatted("""
                {"name":"http","number":81,"protocol":"HTTP"}"""));

        assertThat(now.status()).as(now.message()).isEqualTo(200);
        assertThat(now.json()
                        .at("/spec/ports")
                        .valueStream()
                        .map(port -> port.path("name").asString()
                                + port.path("number").asInt())
                        .toList())
                .containsExactlyInAnyOrder("http81", "grpc90");
    }

    @Test
    void eachKindOfABundleCanBeAppliedReadAndDeleted() {
        Stream.of(
                        "destinationrules DestinationRule v1 {\"host\":\"cart.example\",\"trafficPolicy\":{\"tls\":{\"mode\":\"ISTIO_MUTUAL\"}}}",
                        "gateways Gateway v1 {\"selector\":{\"istio\":\"x\"},\"servers\":[{\"hosts\":[\"*\"],\"port\":{\"name\":\"tls\",\"number\":15443,\"protocol\":\"TLS\"},\"tls\":{\"mode\":\"AUTO_PASSTHROUGH\"}}]}",
                        "envoyfilters EnvoyFilter v1alpha3 {\"configPatches\":[{\"applyTo\":\"CLUSTER\",\"patch\":{\"operation\":\"MERGE\",\"value\":{\"anything\":{\"at\":\"all\"}}}}]}")
                .forEach(line -> {
                    String[] part = line.split(" ", 4);
                    String root = "/apis/networking.istio.io/" + part[2] + "/namespaces/shop/" + part[0] + "/one";
                    Reply made = apply(root, false, """
                            {"apiVersion":"networking.istio.io/%s","kind":"%s","metadata":{"name":"one"},"spec":%s}""".formatted(part[2], part[1], part[3]));
                    assertThat(made.status()).as(made.message()).isEqualTo(201);
                    assertThat(get(root).json()).isEqualTo(made.json());
                    assertThat(ask(agent, "DELETE", root, JSON, "{}").status()).isEqualTo(200);
                    assertThat(get(root).status()).isEqualTo(404);
                });
    }

    @Test
    void dryRunChangesNothing() {
        Reply made = ask(agent, "PATCH", ROUTES + "/one" + STRICT + "&dryRun=All", APPLY, plain("one"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/metadata").has("resourceVersion")).isFalse();
        assertThat(get(ROUTES + "/one").status()).isEqualTo(404);
    }

    // What is refused.

    static Stream<List<String>> broken() {
        String of = "failed to create typed patch object (shop/one; networking.istio.io/v1, Kind=VirtualService): ";
        return Stream.of(
                List.of(",\"exportFrom\":[\"x\"]", "500", of + ".spec.exportFrom: field not declared in schema"),
                List.of(",\"gateways\":7", "500", of + ".spec.gateways: expected list, got &{7}"),
                List.of(
                        ",\"http\":[{\"name\":5,\"route\":[{\"destination\":{},\"weight\":\"x\"}]}]",
                        "500",
                        of + "errors:\n  .spec.http[0].name: expected string, got &value.valueUnstructured{Value:5}\n"
                                + "  .spec.http[0].route[0].weight: expected numeric (int or float), got string"),
                List.of(
                        ",\"http\":[{\"route\":[{\"weight\":1}]}]",
                        "422",
                        "VirtualService.networking.istio.io \"one\" is invalid:"
                                + " [spec.http[0].route[0].destination: Required value,"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void anObjectThatBreaksItsSchemaIsRefusedInTheseWords(List<String> wrong) {
        Reply refused = apply(ROUTES + "/one", false, route("one", "", "cart.example", wrong.getFirst()));
        // Of several errors the order is by chance: they come from a map.
        assertThat(refused.message()).contains(wrong.get(2).lines().toList());
        assertThat(refused.status()).isEqualTo(Integer.parseInt(wrong.get(1)));
        assertThat(get(ROUTES + "/one").status()).isEqualTo(404);
    }

    @Test
    void aWordThatAKindDoesNotKnowIsRefused() {
        Reply refused = apply(NETWORKING + "destinationrules/one", false, """
                {"apiVersion":"networking.istio.io/v1","kind":"DestinationRule","metadata":{"name":"one"},
                 "spec":{"host":"x","trafficPolicy":{"tls":{"mode":"NOPE"}}}}""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .contains("spec.trafficPolicy.tls.mode: Unsupported value: \"NOPE\": supported values: \"DISABLE\","
                        + " \"SIMPLE\", \"MUTUAL\", \"ISTIO_MUTUAL\"");
    }

    @Test
    void aMergeIsHeldAgainstTheSchemaToo() {
        apply(ROUTES + "/one", false, plain("one"));
        Reply unknown = ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"spec\":{\"exportFrom\":[\"x\"]}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.message()).endsWith("strict decoding error: unknown field \"spec.exportFrom\"");
        Reply type = ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"spec\":{\"hosts\":7}}");
        assertThat(type.status()).isEqualTo(422);
        assertThat(type.message())
                .contains(
                        "spec.hosts: Invalid value: \"integer\": spec.hosts in body must be of type array: \"integer\"");
        Reply stale =
                ask(agent, "PATCH", ROUTES + "/one" + STRICT, MERGE, "{\"metadata\":{\"resourceVersion\":\"1\"}}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.message()).endsWith(MOVED);
        assertThat(ask(agent, "PATCH", ROUTES + "/none" + STRICT, MERGE, "{}").message())
                .isEqualTo("virtualservices.networking.istio.io \"none\" not found");
    }

    @Test
    void namesLabelsAndPlacesAreLookedAt() {
        assertThat(apply(ROUTES + "/one", false, route("one", ",\"labels\":{\"a\":\"<b>\"}", "x", ""))
                        .message())
                .startsWith("VirtualService.networking.istio.io \"one\" is invalid: metadata.labels: Invalid value:"
                        + " \"<b>\": a valid label must be an empty string or consist of alphanumeric characters");
        assertThat(apply(ROUTES + "/Bad_Name", false, plain("Bad_Name")).message())
                .startsWith("VirtualService.networking.istio.io \"Bad_Name\" is invalid: metadata.name: Invalid value:"
                        + " \"Bad_Name\": a lowercase RFC 1123 subdomain must consist of");
        assertThat(apply(ROUTES + "/one", false, plain("other")).message())
                .isEqualTo("the name of the object (other) does not match the name on the URL (one)");
        Reply nowhere = apply(
                ROUTES.replace("/shop/", "/nowhere/") + "/one",
                false,
                plain("one").replace("shop", "nowhere"));
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.message()).isEqualTo("namespaces \"nowhere\" not found");
        assertThat(ask(agent, "PATCH", ROUTES + "/one?fieldManager=weft", APPLY, "{\"a\": [}")
                        .status())
                .isEqualTo(400);
        assertThat(ask(agent, "PATCH", ROUTES + "/one", APPLY, plain("one")).message())
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                                + " patch");
        assertThat(ask(agent, "PATCH", ROUTES + "/one", "text/plain", plain("one"))
                        .status())
                .isEqualTo(415);
    }

    // Deleting.

    @Test
    void onlyTheObjectThatWasSeenIsDeleted() {
        Reply made = apply(ROUTES + "/one", false, plain("one"));
        String options = """
                {"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background",
                 "preconditions":{"uid":"%s","resourceVersion":"%s"}}""";
        String uid = made.text("/metadata/uid");
        String version = made.text("/metadata/resourceVersion");

        Reply other = ask(agent, "DELETE", ROUTES + "/one", JSON, options.formatted("other", version));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.message())
                .isEqualTo("Operation cannot be fulfilled on VirtualService.networking.istio.io \"one\": the UID in the"
                        + " precondition (other) does not match the UID in record (" + uid
                        + "). The object might have been deleted and then recreated");
        Reply stale = ask(agent, "DELETE", ROUTES + "/one", JSON, options.formatted(uid, "1"));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.message())
                .isEqualTo("Operation cannot be fulfilled on VirtualService.networking.istio.io \"one\": the"
                        + " ResourceVersion in the precondition (1) does not match the ResourceVersion in record ("
                        + version + "). The object might have been modified");

        Reply deleted = ask(agent, "DELETE", ROUTES + "/one", JSON, options.formatted(uid, version));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text("/status")).isEqualTo("Success");
        assertThat(deleted.text("/details/uid")).isEqualTo(uid);
        Reply again = ask(agent, "DELETE", ROUTES + "/one", JSON, options.formatted(uid, version));
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.message()).isEqualTo("virtualservices.networking.istio.io \"one\" not found");
    }

    // What the agent keeps.

    private static String secret(String version, String data) {
        return """
                {"apiVersion":"v1","kind":"Secret","type":"Opaque",
                 "metadata":{"name":"one","namespace":"weft-system"%s,"labels":{"app.kubernetes.io/part-of":"weft"}},
                 "data":{"part":"%s"}}""".formatted(version, data);
    }

    @Test
    void aSecretIsWrittenOnlyOverWhatWasRead() {
        Reply made = ask(agent, "POST", SECRETS, JSON, secret("", "YQ=="));
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(get(SECRETS + "/one").text("/data/part")).isEqualTo("YQ==");
        Reply again = ask(agent, "POST", SECRETS, JSON, secret("", "YQ=="));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).isEqualTo("secrets \"one\" already exists");

        String version = ",\"resourceVersion\":\"" + made.text("/metadata/resourceVersion") + "\"";
        Reply changed = ask(agent, "PUT", SECRETS + "/one", JSON, secret(version, "Yg=="));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/metadata/uid")).isEqualTo(made.text("/metadata/uid"));
        Reply stale = ask(agent, "PUT", SECRETS + "/one", JSON, secret(version, "Yw=="));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.message()).isEqualTo("Operation cannot be fulfilled on secrets \"one\": " + MOVED);
        assertThat(get(SECRETS + "/one").text("/data/part")).isEqualTo("Yg==");

        assertThat(ask(agent, "DELETE", SECRETS + "/one", JSON, "").status()).isEqualTo(200);
        assertThat(get(SECRETS + "/one").message()).isEqualTo("secrets \"one\" not found");
        assertThat(ask(agent, "PUT", SECRETS + "/one", JSON, secret(version, "Yw=="))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theJoinTokenOfTheManifestCanBeRead() {
        Reply join = get(SECRETS + "/weft-join");
        assertThat(join.text("/data/token")).isEqualTo("eA==");
        assertThat(join.text("/type")).isEqualTo("Opaque");
        assertThat(join.json().has("stringData")).isFalse();
    }

    @Test
    void aSecretHoldsOneMebibyte() {
        String most = Base64.getEncoder().encodeToString(new byte[1024 * 1024]);
        assertThat(ask(agent, "POST", SECRETS + "?dryRun=All", JSON, secret("", most))
                        .status())
                .isEqualTo(201);
        Reply more = ask(
                agent,
                "POST",
                SECRETS,
                JSON,
                secret("", Base64.getEncoder().encodeToString(new byte[1024 * 1024 + 1])));
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.message())
                .isEqualTo("Secret \"one\" is invalid: data: Too long: may not be more than 1048576 bytes");
        Reply huge = ask(agent, "POST", SECRETS, JSON, secret("", "A".repeat(4_000_000)));
        assertThat(huge.status()).isEqualTo(413);
    }

    @Test
    void aLeaseIsTakenByOneOnly() {
        String lease = """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"weft-agent"},
                 "spec":{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"2026-01-01T00:00:00.000000Z"}}""";
        Reply made = ask(agent, "POST", LEASES, JSON, lease);
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(ask(agent, "POST", LEASES, JSON, lease).message())
                .isEqualTo("leases.coordination.k8s.io \"weft-agent\" already exists");
        String over = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"holderIdentity\":\"b\"}}"
                .formatted(made.text("/metadata/resourceVersion"));

        Reply taken = ask(agent, "PATCH", LEASES + "/weft-agent", MERGE, over);
        Reply late = ask(agent, "PATCH", LEASES + "/weft-agent", MERGE, over);

        assertThat(taken.text("/spec/holderIdentity")).isEqualTo("b");
        assertThat(taken.text("/spec/leaseDurationSeconds")).isEqualTo("15");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.message())
                .isEqualTo("Operation cannot be fulfilled on leases.coordination.k8s.io \"weft-agent\": " + MOVED);
        Reply operations = ask(agent, "PATCH", LEASES + "/weft-agent", "application/json-patch+json", """
                [{"op":"test","path":"/spec/holderIdentity","value":"b"},
                 {"op":"replace","path":"/spec/holderIdentity","value":"c"}]""");
        assertThat(operations.text("/spec/holderIdentity")).isEqualTo("c");
        Reply failed = ask(agent, "PATCH", LEASES + "/weft-agent", "application/json-patch+json", """
                [{"op":"test","path":"/spec/holderIdentity","value":"b"}]""");
        assertThat(failed.status()).isEqualTo(422);
    }

    @Test
    void theStatusIsWrittenApart() {
        String pod = "/api/v1/namespaces/shop/pods/cart-1";
        String version = get("/api/v1/pods").text("/metadata/resourceVersion");
        ask(administrator, "PATCH", pod + "/status", MERGE, """
                {"status":{"phase":"Running","podIP":"10.1.0.9","conditions":[{"type":"Ready","status":"True"}]}}""");
        ask(administrator, "PATCH", pod, MERGE, "{\"status\":{\"phase\":\"Failed\"}}");

        List<JsonNode> events = watch("/api/v1/pods", "resourceVersion=" + version);

        assertThat(events.getLast().at("/object/status/phase").asString()).isEqualTo("Running");
        assertThat(events.getLast().at("/object/spec/nodeName").asString()).isEqualTo("n1");
    }
}
