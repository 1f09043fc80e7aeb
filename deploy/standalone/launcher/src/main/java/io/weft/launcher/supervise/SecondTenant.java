package io.weft.launcher.supervise;

import io.weft.launcher.LaunchProblem;
import io.weft.launcher.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The tenant {@code other}, of one demo user, so that it can be seen that tenants do not see each other. */
final class SecondTenant {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private SecondTenant() {}

    /** Makes it if it is not there. Its first token is thrown away: people have their own. */
    static void ensure(String hub, Secrets secrets) throws IOException {
        String token = secrets.token().orElseThrow(() -> new LaunchProblem("no administrator's token"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub + "/api/v1/tenants"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"other\", \"displayName\": \"Other\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != CREATED && answer.statusCode() != CONFLICT) {
                throw new LaunchProblem("the tenant other could not be made: " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making a tenant", e);
        }
    }
}
