package io.weft.agent.platform;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plain requests to the API server over Fabric8's HTTP client, which knows addresses, certificates and tokens. An answer
 * of any status is an answer; only silence is an exception.
 */
public final class KubernetesApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final String master;

    public KubernetesApi(KubernetesClient client) {
        this.client = client;
        String url = client.getMasterUrl().toString();
        this.master = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** What is asked for, with the type of its body. */
    public enum Method {
        GET("GET", ""),
        POST("POST", "application/json"),
        PUT("PUT", "application/json"),
        APPLY("PATCH", "application/apply-patch+yaml"),
        MERGE("PATCH", "application/merge-patch+json"),
        DELETE("DELETE", "application/json");

        private final String verb;
        private final String type;

        Method(String verb, String type) {
            this.verb = verb;
            this.type = type;
        }
    }

    public record Answer(int status, String body) {}

    /** @param path from the root, with its query */
    public Answer send(Method method, String path, String body) throws IOException {
        HttpRequest.Builder request = client.getHttpClient().newHttpRequestBuilder();
        request.uri(master + path).header("Accept", "application/json");
        if (method == Method.GET) request.method("GET", null, null);
        else request.method(method.verb, method.type, body);
        CompletableFuture<HttpResponse<String>> sent = client.getHttpClient().sendAsync(request.build(), String.class);
        try {
            HttpResponse<String> response = sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.code(), response.body() == null ? "" : response.body());
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("nothing within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
