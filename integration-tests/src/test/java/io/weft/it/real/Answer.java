package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/**
 * What one request from a pod came to.
 *
 * @param status 0 if there was no answer; {@code error} says why then
 * @param headers by name in lower case
 */
public record Answer(int status, Map<String, String> headers, String body, String error, double millis) {

    /** The name of the cluster that answered, empty if none of the lab's applications did. */
    public String cluster() {
        return headers.getOrDefault("x-cluster", "");
    }

    public String version() {
        return headers.getOrDefault("x-version", "");
    }

    /** The name of the pod that answered. */
    public String pod() {
        return headers.getOrDefault("x-name", "");
    }

    /** The headers that the application received, by canonical name ({@code X-Forwarded-Client-Cert}). */
    @SuppressWarnings("unchecked")
    public Map<String, String> received() {
        Map<String, Object> seen = Serialization.unmarshal(body, Map.class);
        return (Map<String, String>) seen.getOrDefault("headers", Map.of());
    }
}
