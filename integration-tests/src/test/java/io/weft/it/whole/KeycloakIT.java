package io.weft.it.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.it.real.Project;
import io.weft.it.whole.Rest.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * People log in at a real Keycloak with the realm of {@code deploy/keycloak}, to which this test adds a person and
 * clients that give tokens for a password. Skipped with one line where Keycloak cannot be had; an error when
 * {@code CI=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {
    private static final String TENANT = "/tenants/demo";
    private static final String PASSWORD = "a-test-password";

    private static final String SECRET = "a-test-secret";

    private final int port = WeftProcess.freePort();
    private Keycloak keycloak;
    private WeftProcess weft;
    private Rest administrator;

    @BeforeAll
    void start() throws IOException {
        Optional<Keycloak> started = Keycloak.start(Map.of("weft", realm("weft"), "elsewhere", realm("elsewhere")));
        String missing = "Keycloak cannot be had: neither from Maven Central nor by Docker";
        if (started.isEmpty() && Boolean.parseBoolean(System.getenv("CI"))) throw new IllegalStateException(missing);
        Assumptions.assumeTrue(started.isPresent(), "skipped: " + missing);
        keycloak = started.orElseThrow();
        Path secret = Files.writeString(Files.createTempFile("weft-it", "secret"), SECRET + "\n");
        weft = WeftProcess.up(
                1,
                "127.0.0.1",
                port,
                Map.of(),
                "--no-demo",
                "--issuer=" + keycloak.issuer("weft"),
                "--client-secret-file=" + secret);
        administrator = weft.rest(1);
    }

    @AfterAll
    void stop() {
        if (weft != null) weft.close();
        if (keycloak != null) keycloak.close();
    }

    private ObjectNode realm(String name) throws IOException {
        ObjectNode realm = (ObjectNode)
                JsonMapper.shared().readTree(Files.readString(Project.file("deploy/keycloak/weft-realm.json")));
        realm.put("realm", name);
        realm.set("users", JsonMapper.shared().readTree("""
                [{"username": "jo", "enabled": true, "email": "jo@test.example", "emailVerified": true,
                  "firstName": "Jo", "lastName": "Test", "groups": ["/weft/demo/editor"],
                  "credentials": [{"type": "password", "value": "%s"}]}]""".formatted(PASSWORD)));
        ArrayNode clients = (ArrayNode) realm.get("clients");
        ObjectNode ours = (ObjectNode) clients.get(0);
        clients.set(1, atOurPort((ObjectNode) clients.get(1)).put("secret", SECRET));
        clients.add(byPassword(ours, "terminal"));
        ObjectNode others = byPassword(ours, "others");
        mapper(others, "audience of the hub").put("included.custom.audience", "others");
        clients.add(others);
        ObjectNode brief = byPassword(ours, "brief");
        ((ObjectNode) brief.get("attributes")).put("access.token.lifespan", "1");
        clients.add(brief);
        return realm;
    }

    /** The console's client, as a person changes it for an address of one's own. */
    private ObjectNode atOurPort(ObjectNode console) {
        assertThat(console.get("clientId").asString()).isEqualTo("weft-console");
        return (ObjectNode)
                JsonMapper.shared().readTree(console.toString().replace("127.0.0.1:8080", "127.0.0.1:" + port));
    }

    private static ObjectNode byPassword(ObjectNode client, String name) {
        return client.deepCopy().put("clientId", name).put("directAccessGrantsEnabled", true);
    }

    private static ObjectNode mapper(ObjectNode client, String name) {
        for (JsonNode mapper : client.get("protocolMappers")) {
            if (mapper.get("name").asString().equals(name)) return (ObjectNode) mapper.get("config");
        }
        throw new AssertionError("no mapper " + name);
    }

    /** An access token, as that person gets it by that client. */
    private String token(String realm, String clientName) {
        Map<String, String> form = Map.of(
                "grant_type", "password",
                "client_id", clientName,
                "username", "jo",
                "password", PASSWORD,
                "scope", "openid");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(keycloak.issuer(realm) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new AssertionError(answer.body() + "\n" + keycloak.log());
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .get("access_token")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void tokenOfAPersonHasTheTenantAndRoleOfItsGroups() {
        Rest jo = administrator.as(token("weft", "terminal"));

        JsonNode me = jo.get("/me").good().json();
        assertThat(me.get("subject").asString()).isEqualTo("user:jo");
        assertThat(me.get("platformAdministrator").asBoolean()).isFalse();
        assertThat(me.get("tenants").toString()).isEqualTo("[{\"name\":\"demo\",\"roles\":[\"editor\"]}]");
        assertThat(jo.put(TENANT + "/clusters/by-jo", "{}").status()).isEqualTo(201);
        assertThat(jo.get(TENANT + "/tokens").status()).isEqualTo(403);
        assertThat(administrator.get(TENANT + "/audit").body()).contains("\"user:jo\"");
    }

    private PersonBrowser jo() {
        PersonBrowser jo = new PersonBrowser(weft.publicAddress());
        JsonNode session = jo.logIn("jo", PASSWORD);
        assertThat(session.path("user").toString()).contains("\"jo\"", "\"Jo Test\"", "jo@test.example");
        assertThat(session.path("tenants")).hasToString("[{\"name\":\"demo\",\"roles\":[\"editor\"]}]");
        return jo;
    }

    @Test
    void aPersonLogsInByTheConsoleWorksAndLogsOutEverywhere() {
        PersonBrowser jo = jo();
        assertThat(jo.session().path("issuer").toString())
                .contains("\"external\"", keycloak.issuer("weft") + "/account");
        assertThat(jo.write("PUT", "/api/v1" + TENANT + "/clusters/by-console", "{}")
                        .status())
                .isEqualTo(201);

        String issuersEnd =
                jo.write("POST", "/logout", "").json().path("redirect").asString();
        assertThat(jo.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(jo.get(issuersEnd).answer().uri()).hasToString(weft.publicAddress() + "/");

        // Who is still logged in at the issuer would not be asked for the password again.
        assertThat(jo.get("/login").body()).contains("name=\"password\"");
    }

    @Test
    void logOutAtTheIssuerEndsTheSessionHere() {
        PersonBrowser jo = jo();

        jo.submit(
                jo.get(keycloak.issuer("weft") + "/protocol/openid-connect/logout"), Map.of("confirmLogout", "Logout"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(jo.session().path("authenticated").asBoolean())
                                .isFalse());
        assertThat(jo.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void tokenForAnotherAudienceIsRefusedAndAudited() {
        Rest jo = administrator.as(token("weft", "others"));

        assertThat(jo.get(TENANT + "/clusters").status()).isEqualTo(401);
        audited("token of user:jo: not made for weft");
    }

    @Test
    void tokenThatHasExpiredIsRefusedAndAudited() {
        Rest jo = administrator.as(token("weft", "brief"));

        // The clocks of hub and issuer may differ by some seconds.
        await().atMost(Duration.ofSeconds(60)).until(() -> jo.get("/me").status() == 401);
        audited("token of user:jo: Jwt expired at");
    }

    @Test
    void tokenOfAnotherIssuerIsNobodysWhateverItClaims() {
        Rest jo = administrator.as(token("elsewhere", "terminal"));

        Reply answer = jo.get(TENANT + "/clusters");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("elsewhere");
        assertThat(jo.put(TENANT + "/clusters/from-elsewhere", "{}").status()).isEqualTo(401);
        assertThat(administrator.get(TENANT + "/clusters/from-elsewhere").status())
                .isEqualTo(404);
    }

    private void audited(String reason) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(administrator
                                .get(TENANT + "/audit?chain=refused")
                                .body())
                        .contains(reason));
    }
}
