package io.weft.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The REST interface as a program with a token uses it: whatever else goes on while somebody sits at the console. */
public final class Rest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String root;
    private final String token;

    Rest(String root, String token) {
        this.root = root;
        this.token = token;
    }

    /** @param body as it came */
    public record Reply(int status, String body) {
        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        /** Each of {@code items}. */
        public Iterable<JsonElement> items() {
            return json().getAsJsonArray("items");
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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
