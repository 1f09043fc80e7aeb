package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ViewsTest {
    private static final String ALPHA = "/api/v1/tenants/alpha";

    private final RunningHub hub = RunningHub.shared();

    private JsonNode get(String path) {
        HttpResponse<String> answer = hub.get(RunningHub.ALPHA, ALPHA + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningHub.json(answer);
    }

    @Test
    void revisionTellsEachClustersState() {
        hub.put(RunningHub.ALPHA, ALPHA + "/clusters/view", "{\"spec\":{\"region\":\"a\"}}");
        long revision = get("/clusters/view").at("/metadata/revision").asLong();

        JsonNode status = get("/revisions/" + revision);

        assertThat(status.get("resources").toString()).isEqualTo("[\"Cluster//view\"]");
        assertThat(status.get("clusters")).anySatisfy(cluster -> {
            assertThat(cluster.get("cluster").stringValue()).isEqualTo("view");
            assertThat(cluster.get("connected").booleanValue()).isFalse();
            assertThat(cluster.get("state").stringValue()).isEqualTo("released");
            assertThat(cluster.get("reason").stringValue()).isEqualTo("the agent is not connected");
        });
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/revisions/999999").statusCode())
                .isEqualTo(404);
    }

    @Test
    void statusOfAResourceHasEachCluster() {
        hub.put(RunningHub.ALPHA, ALPHA + "/clusters/status", "{}");

        JsonNode status = get("/clusters/status").get("status");

        assertThat(status.get("conditions"))
                .extracting(condition -> condition.get("type").stringValue())
                .containsExactly("Accepted", "Released", "Applied", "Live");
        assertThat(status.at("/conditions/2/status").stringValue()).isEqualTo("False");
        assertThat(status.get("clusters")).isNotEmpty();
    }

    @Test
    void bundleOfAClusterThatHasNothingIsEmpty() {
        hub.put(RunningHub.ALPHA, ALPHA + "/clusters/empty", "{}");

        JsonNode bundle = get("/clusters/empty/bundle");
        assertThat(bundle.get("objects").intValue()).isZero();
        assertThat(bundle.get("connected").booleanValue()).isFalse();
        assertThat(bundle.has("since")).as("it was never connected").isFalse();
        assertThat(get("/clusters/empty/objects").get("items")).isEmpty();
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/clusters/nowhere/bundle").statusCode())
                .isEqualTo(404);
    }

    @Test
    void inventoryOfEveryKindIsListed() {
        for (String kind : List.of("namespaces", "services", "versions", "instances", "nodes", "gateways", "meshes")) {
            assertThat(get("/inventory/" + kind).get("items").isArray()).isTrue();
        }
        assertThat(hub.get(RunningHub.ALPHA, ALPHA + "/inventory/castles").statusCode())
                .isEqualTo(404);
    }

    @Test
    void streamTellsWhatChangesAndGoesOnWhereItEnded() throws Exception {
        String last;
        try (Stream stream = new Stream(null)) {
            stream.next("start");
            hub.put(RunningHub.ALPHA, ALPHA + "/clusters/streamed", "{}");
            Map<String, String> event = stream.next("Cluster//streamed");
            assertThat(event.get("event")).isEqualTo("change");
            assertThat(event.get("data")).doesNotContain("spec");
            last = event.getOrDefault("id", "");
        }
        hub.put(RunningHub.ALPHA, ALPHA + "/clusters/meanwhile", "{}");

        try (Stream stream = new Stream(last)) {
            Map<String, String> event = stream.next("Cluster//meanwhile");
            assertThat(Long.parseLong(event.getOrDefault("id", ""))).isGreaterThan(Long.parseLong(last));
        }
    }

    @Test
    void streamOfADeletedTokenEnds() throws Exception {
        String path = ALPHA + "/tokens";
        JsonNode made = RunningHub.json(hub.post(RunningHub.ALPHA, path, "{\"name\":\"s\",\"role\":\"viewer\"}"));
        try (Stream stream = new Stream(null, made.get("token").stringValue())) {
            stream.next("start");
            hub.delete(RunningHub.ALPHA, path + "/" + made.get("id").stringValue());

            long before = System.nanoTime();
            while (stream.line() != null) continue;

            assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void placeBehindTheLogsEndIsReset() throws Exception {
        try (Stream stream = new Stream("999999999")) {
            assertThat(stream.next("position").get("event")).isEqualTo("reset");
        }
    }

    /** A reader of the stream. */
    private final class Stream implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final BufferedReader reader;

        Stream(@Nullable String last) throws IOException, InterruptedException {
            this(last, RunningHub.ALPHA);
        }

        Stream(@Nullable String last, String token) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + hub.httpPort() + ALPHA + "/stream"))
                    .header("Authorization", "Bearer " + token);
            if (last != null) request.header("Last-Event-ID", last);
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        @Nullable
        String line() throws IOException {
            return reader.readLine();
        }

        /** The next event that has this text somewhere. */
        Map<String, String> next(String text) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = line(); line != null; line = line()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                } else if (String.join("\n", lines).contains(text)) {
                    Map<String, String> event = new java.util.HashMap<>();
                    lines.stream()
                            .filter(l -> l.contains(": "))
                            .forEach(l -> event.put(l.substring(0, l.indexOf(": ")), l.substring(l.indexOf(": ") + 2)));
                    return event;
                } else {
                    lines.clear();
                }
            }
            throw new AssertionError("the stream ended without " + text);
        }

        @Override
        public void close() throws IOException {
            reader.close();
            client.shutdownNow();
        }
    }
}
