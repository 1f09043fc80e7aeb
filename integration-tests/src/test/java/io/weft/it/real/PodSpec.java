package io.weft.it.real;

import java.util.HashMap;
import java.util.Map;

/**
 * A pod with a sidecar, or a gateway. Its name is unique in the lab.
 *
 * @param labels those of the pod; {@code app} is there always and names the Service in front of a SERVER
 */
public record PodSpec(String name, String namespace, String serviceAccount, Map<String, String> labels, Kind kind) {
    /** What runs in it: only callers, an application on port 8080 and callers, or an east-west gateway on port 15443. */
    public enum Kind {
        CLIENT,
        SERVER,
        GATEWAY
    }

    public PodSpec {
        labels = Map.copyOf(labels);
        if (!labels.containsKey("app")) {
            throw new IllegalArgumentException("labels: " + labels + " (expected: app among them)");
        }
    }

    public static PodSpec client(String name, String namespace, String serviceAccount) {
        return new PodSpec(name, namespace, serviceAccount, Map.of("app", serviceAccount), Kind.CLIENT);
    }

    public static PodSpec server(String name, String namespace, String app, String version) {
        return new PodSpec(name, namespace, app, Map.of("app", app, "version", version), Kind.SERVER);
    }

    public static PodSpec gateway(String name) {
        return new PodSpec(name, "istio-system", "gw", Map.of("app", "gw", "istio", "eastwestgateway"), Kind.GATEWAY);
    }

    public PodSpec withServiceAccount(String account) {
        return new PodSpec(name, namespace, account, labels, kind);
    }

    public PodSpec withLabel(String key, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(key, value);
        return new PodSpec(name, namespace, serviceAccount, more, kind);
    }

    String app() {
        return labels.getOrDefault("app", "");
    }

    String version() {
        return labels.getOrDefault("version", "");
    }
}
