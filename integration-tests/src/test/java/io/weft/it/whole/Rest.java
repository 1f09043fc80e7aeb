package io.weft.it.whole;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's REST API as a client of one tenant sees it. */
public final class Rest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Supplier<String> address;
    private final String token;

    public Rest(String address, String token) {
        this(() -> address, token);
    }

    /** @param address asked anew for every request: a replica that was down has another one */
    Rest(Supplier<String> address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The same API as somebody else. */
    Rest as(String otherToken) {
        return new Rest(address, otherToken);
    }

    /** @param body as it came; see {@link #json} */
    public record Reply(int status, String body, HttpHeaders headers) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The same reply, if it is a success. */
        public Reply good() {
            if (status / 100 != 2) throw new AssertionError("status " + status + ": " + body);
            return this;
        }
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply put(String path, String yaml) {
        return send(request(path).header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(yaml)));
    }

    public Reply post(String path, String yaml) {
        return send(request(path).header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(yaml)));
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    /** An address outside the API, such as {@code /readyz}, without a credential. */
    Reply probe(String path) {
        return send(HttpRequest.newBuilder(URI.create(address.get() + path))
                .timeout(Duration.ofSeconds(20))
                .GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.get() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
