package io.weft.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Two hubs over one database; the second accepts tokens of an issuer too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoHubsTest {
    private static final String ALPHA = "/api/v1/tenants/alpha";

    private RunningHub a;
    private RunningHub b;
    private HttpServer issuer;
    private RSAKey key;

    @BeforeAll
    void start() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + issuerUrl() + "\",\"jwks_uri\":\"" + issuerUrl()
                        + "/jwks\",\"subject_types_supported\":[\"public\"]}");
        serve("/jwks", new JWKSet(key.toPublicJWK()).toString());
        issuer.start();
        TestDatabase database = TestDatabase.empty();
        a = RunningHub.start(database);
        b = RunningHub.start(database, Map.of("WEFT_OIDC_ISSUER", issuerUrl()));
    }

    @AfterAll
    void stop() {
        a.close();
        b.close();
        issuer.stop(0);
    }

    private String issuerUrl() {
        return "http://localhost:" + issuer.getAddress().getPort();
    }

    private void serve(String path, String body) {
        issuer.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void domainTakenAtBothAtOnceIsTakenByOne() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                String domain = "both-" + i + ".example";
                var atA = CompletableFuture.supplyAsync(() -> take(a, "a", domain), threads);
                var atB = CompletableFuture.supplyAsync(() -> take(b, "b", domain), threads);

                List<HttpResponse<String>> answers = List.of(atA.join(), atB.join());

                assertThat(answers)
                        .extracting(HttpResponse::statusCode)
                        .as(answers.get(0).body() + answers.get(1).body())
                        .containsExactlyInAnyOrder(201, 409);
            }
        }
    }

    private static HttpResponse<String> take(RunningHub hub, String suffix, String domain) {
        String name = domain.replace(".example", "") + "-" + suffix;
        String body = "{\"spec\":{\"domain\":\"" + domain + "\",\"members\":[{\"namespaceSelector\":{}}]}}";
        return hub.put(RunningHub.ALPHA, ALPHA + "/global-namespaces/" + name, body);
    }

    @Test
    void writtenAtOneIsReadAtTheOther() {
        a.put(RunningHub.ALPHA, ALPHA + "/clusters/crossing", "{}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() ->
                        b.get(RunningHub.ALPHA, ALPHA + "/clusters/crossing").statusCode() == 200);
    }

    @Test
    void repeatedAtTheOtherAnswersAsTheFirst() {
        Map<String, String> once = Map.of("Idempotency-Key", "over-replicas");
        HttpResponse<String> first = a.send(RunningHub.ALPHA, "PUT", ALPHA + "/clusters/idem", "{}", once);
        HttpResponse<String> again = b.send(RunningHub.ALPHA, "PUT", ALPHA + "/clusters/idem", "{}", once);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void tokenDeletedAtOneEndsAtTheOther() {
        JsonNode made =
                RunningHub.json(a.post(RunningHub.ALPHA, ALPHA + "/tokens", "{\"name\":\"t\",\"role\":\"viewer\"}"));
        String token = made.get("token").stringValue();
        assertThat(b.get(token, "/api/v1/me").statusCode()).isEqualTo(200);

        a.delete(RunningHub.ALPHA, ALPHA + "/tokens/" + made.get("id").stringValue());

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> b.get(token, "/api/v1/me").statusCode() == 401);
    }

    @Test
    void databaseThatComesBackHasLostNothingThatWasAnswered() {
        a.put(RunningHub.ALPHA, ALPHA + "/clusters/kept", "{}");

        a.database().dropConnections();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        a.put(RunningHub.ALPHA, ALPHA + "/clusters/after", "{}").statusCode() < 300);
        // Every connection of both pools was lost; each is found out when it is used next.
        for (RunningHub hub : List.of(a, b)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> IntStream.range(0, 15)
                            .allMatch(i ->
                                    hub.get(RunningHub.ALPHA, ALPHA + "/tokens").statusCode() == 200));
        }
        assertThat(a.get(RunningHub.ALPHA, ALPHA + "/clusters/kept").statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokenOfTheIssuerHasTheRolesOfItsGroups() throws JOSEException {
        String editor = token("weft", List.of("/weft/alpha/editor", "/weft/nobody/admin", "/other"), 60);

        assertThat(b.get(editor, "/api/v1/me").body())
                .contains("\"user:jo\"", "\"alpha\"", "\"editor\"")
                .doesNotContain("nobody");
        assertThat(b.put(editor, ALPHA + "/clusters/by-person", "{}").statusCode())
                .isEqualTo(201);
        assertThat(b.get(editor, ALPHA + "/tokens").statusCode()).isEqualTo(403);
        assertThat(b.get(editor, "/api/v1/tenants/nobody/clusters").statusCode())
                .isEqualTo(404);
        assertThat(a.get(editor, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void tokenOfTheIssuerMustBeForUsAndInTime() throws JOSEException {
        assertThat(b.get(token("others", List.of("/weft/alpha/admin"), 60), "/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
        assertThat(b.get(token("weft", List.of("/weft/alpha/admin"), -600), "/api/v1/me")
                        .statusCode())
                .isEqualTo(401);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(b.get(RunningHub.ALPHA, ALPHA + "/audit?chain=refused")
                                .body())
                        .contains("token of user:jo: not made for weft")
                        .contains("token of user:jo: Jwt expired at"));
    }

    private String token(String audience, List<String> groups, long seconds) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuerUrl())
                .subject("1")
                .claim("preferred_username", "jo")
                .audience(audience)
                .claim("groups", groups)
                .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }
}
