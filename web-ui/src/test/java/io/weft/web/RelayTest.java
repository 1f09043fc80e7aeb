package io.weft.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.web.Browser.Page;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the hub and how, by a session and by a credential of a program's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest {
    private static final String CLUSTERS = "/api/v1/tenants/demo/clusters";
    private static final String STREAM = "/api/v1/tenants/demo/stream";

    private final StubHub hub = new StubHub();
    private EdgeFixture edge;
    private Browser ada;

    @BeforeAll
    void start() {
        edge = EdgeFixture.start(hub);
        ada = edge.browser();
        ada.logIn("ada", EdgeFixture.PASSWORD);
    }

    @BeforeEach
    void forget() {
        hub.seen.clear();
    }

    @AfterAll
    void stop() {
        edge.close();
        hub.close();
    }

    @Test
    void aProgramsCredentialPassesAsItIs() {
        Browser program = edge.browser();

        Page page = program.send(program.to(CLUSTERS)
                .header("Authorization", "Bearer weft_1_2")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(page.status()).isEqualTo(200);
        assertThat(hub.last().headers())
                .containsEntry("authorization", "Bearer weft_1_2")
                .containsEntry("idempotency-key", "k");
        assertThat(page.header("Set-Cookie")).isEmpty();
    }

    @Test
    void aCredentialWinsOverACookieThatComesWithIt() {
        Page page = ada.send(ada.to(CLUSTERS).header("Authorization", "Bearer weft_1_2"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(hub.last().header("authorization")).isEqualTo("Bearer weft_1_2");
        assertThat(hub.last().headers()).doesNotContainKey("cookie");
    }

    @Test
    void nobodyIsToldThatTheSessionIsOver() {
        Browser nobody = edge.browser();
        for (Page page : new Page[] {
            nobody.get(CLUSTERS),
            nobody.send(nobody.to(CLUSTERS).POST(BodyPublishers.ofString("{}"))),
            nobody.send(nobody.to(CLUSTERS).header("Cookie", "weft-session=0123456789ABCDEF0123456789ABCDEF"))
        }) {
            assertThat(page.status()).isEqualTo(401);
            assertThat(page.header("Content-Type")).startsWith("application/problem+json");
            assertThat(page.json().path("type").asString()).endsWith("/session-expired");
        }
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void theDescriptionIsForEverybody() {
        assertThat(edge.browser().get("/api/v1/openapi.json").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void aWriteWithoutTheSessionsTokenIsRefused(String method) {
        Page none = ada.send(ada.to(CLUSTERS).method(method, BodyPublishers.ofString("{}")));
        Page forged = ada.send(
                ada.to(CLUSTERS).header("X-CSRF-TOKEN", "forged").method(method, BodyPublishers.ofString("{}")));

        assertThat(none.status()).isEqualTo(403);
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.json().path("type").asString()).endsWith("/csrf");
        assertThat(hub.seen).noneMatch(seen -> seen.method().equals(method));
    }

    @Test
    void theTokenOfAnotherSessionIsForged() {
        Browser ed = edge.browser();
        ed.logIn("ed", EdgeFixture.PASSWORD);
        String others = ed.session().path("csrf").path("token").asString();

        Page page = ada.send(ada.to(CLUSTERS).header("X-CSRF-TOKEN", others).POST(BodyPublishers.ofString("{}")));

        assertThat(page.status()).isEqualTo(403);
    }

    @Test
    void whatAClientClaimsOfItselfIsNotPassedOn() {
        ada.send(ada.to(CLUSTERS)
                .header("X-Forwarded-For", "203.0.113.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=203.0.113.1")
                .header("X-Real-IP", "203.0.113.1")
                .header("X-Tenant", "other"));

        assertThat(hub.last().headers())
                .doesNotContainKeys(
                        "x-forwarded-for",
                        "x-forwarded-host",
                        "x-forwarded-proto",
                        "forwarded",
                        "x-real-ip",
                        "x-tenant");
    }

    @Test
    void forwardedHeadersDoNotMoveTheLogIn() {
        Page page = edge.browser()
                .send(edge.browser()
                        .to("/login")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("X-Forwarded-Prefix", "/evil"));

        assertThat(page.header("Location"))
                .startsWith(edge.url + "/issuer/oauth2/authorize?")
                .doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/..%2fsession",
                "/api/v1/..%2f..%2factuator",
                "//api/v1/me",
                "/api//v1/me",
                "/api/v1/me;jsessionid=1",
                "/api/%2e%2e/actuator/health",
                "/api\\v1\\me",
                "/issuer/..%2fapi/v1/me",
                "/issuer/api/v1/me",
                "/actuator",
                "/actuator/health",
                "/actuator/env",
                "/api",
                "/session/x"
            })
    void tricksWithThePathLeadNowhere(String path) throws IOException {
        String status =
                raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nConnection: close\r\n\r\n");

        assertThat(status).matches("HTTP/1.1 (400|404|401) .*");
        assertThat(hub.seen).isEmpty();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", edge.url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return line(socket.getInputStream());
        }
    }

    private static String line(InputStream in) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1)).readLine());
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsNotEvenRead() throws IOException {
        String status = raw("POST " + CLUSTERS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n"
                + "Content-Length: 11534336\r\n\r\n");

        assertThat(status).startsWith("HTTP/1.1 413");
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void aBodyOfUnknownLengthIsCutOffWhenItIsTooLarge() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", edge.url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + CLUSTERS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            byte[] piece = new byte[0x10000];
            try {
                for (int pieces = 0; pieces < 200; pieces++) {
                    out.write("10000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    out.write(piece);
                    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException refusedHalfWay) {
                assertThat(refusedHalfWay).hasMessageMatching(".*(reset|pipe|abort).*");
                return;
            }
            assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 413");
        }
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void eventsComeOneByOneAndSoDoHeartbeats() throws Exception {
        HttpResponse<InputStream> answer = ada.client().send(ada.to(STREAM).build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));

        assertThat(lines.readLine()).isEqualTo(": open");
        assertThat(lines.readLine()).isEmpty();
        hub.events.add("event: start\ndata: 1\n\n");
        assertThat(lines.readLine()).isEqualTo("event: start");
        assertThat(lines.readLine()).isEqualTo("data: 1");
        assertThat(lines.readLine()).isEmpty();
        hub.events.add(": heartbeat\n\n");
        assertThat(lines.readLine()).isEqualTo(": heartbeat");
        assertThat(lines.readLine()).isEmpty();
        hub.events.add("");
        assertThat(lines.readLine()).isNull();
    }

    @Test
    void theStreamToTheHubEndsWhenTheBrowserIsGone() throws Exception {
        HttpResponse<InputStream> answer = ada.client().send(ada.to(STREAM).build(), BodyHandlers.ofInputStream());
        await().until(() -> hub.openStreams.get() == 1);

        answer.body().close();

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            hub.events.add(": heartbeat\n\n");
            return hub.openStreams.get() == 0;
        });
        hub.events.clear();
    }

    @Test
    void logOutEndsTheStreams() throws Exception {
        Browser ed = edge.browser();
        ed.logIn("ed", EdgeFixture.PASSWORD);
        HttpResponse<InputStream> answer = ed.client().send(ed.to(STREAM).build(), BodyHandlers.ofInputStream());
        await().until(() -> hub.openStreams.get() == 1);

        ed.send(ed.write("/logout").POST(BodyPublishers.noBody()));

        assertThat(answer.body().readAllBytes()).asString().isEqualTo(": open\n\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            hub.events.add(": heartbeat\n\n");
            return hub.openStreams.get() == 0;
        });
        hub.events.clear();
    }

    @Test
    void answersAreCompressedForWhoCanReadIt() {
        Page page = ada.send(ada.to(CLUSTERS).header("Accept-Encoding", "gzip"));

        assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
    }
}
