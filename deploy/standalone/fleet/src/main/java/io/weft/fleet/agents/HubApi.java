package io.weft.fleet.agents;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** The few things of the hub's REST interface that joining a cluster needs. Methods block; a no is an exception. */
public final class HubApi {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_REASON = 300;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String clusters;
    private final Supplier<String> token;

    /**
     * @param address of the hub, as {@code http://host:port}
     * @param token read anew for each request; never logged
     */
    public HubApi(String address, String tenant, Supplier<String> token) {
        this.clusters = address.replaceAll("/+$", "") + "/api/v1/tenants/" + tenant + "/clusters/";
        this.token = token;
    }

    boolean declared(String cluster) throws IOException {
        int status = send(request(cluster).GET()).statusCode();
        if (status != 200 && status != 404) throw new IOException("the hub answers " + status);
        return status == 200;
    }

    /** @param yaml the Cluster resource */
    void declare(String cluster, String yaml) throws IOException {
        accepted(
                send(request(cluster).header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(yaml))));
    }

    /** A manifest with a new join token. */
    String manifest(String cluster) throws IOException {
        return accepted(send(request(cluster + "/manifest").POST(BodyPublishers.noBody())));
    }

    /** The manifest as it is now, with a join token that was given before. */
    String manifest(String cluster, String joinToken) throws IOException {
        return accepted(send(request(cluster + "/manifest?token=" + joinToken).GET()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(clusters + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.get());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static String accepted(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 == 2) return response.body();
        String body = response.body();
        throw new IOException("the hub answers " + response.statusCode() + ": "
                + (body.length() > LONGEST_REASON ? body.substring(0, LONGEST_REASON) : body));
    }
}
