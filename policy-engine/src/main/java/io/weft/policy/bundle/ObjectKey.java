package io.weft.policy.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a Kubernetes object. Written {@code networking.istio.io/v1|VirtualService|shop|cart}; the namespace is empty for
 * cluster-wide objects.
 */
public record ObjectKey(String apiVersion, String kind, String namespace, String name)
        implements Comparable<ObjectKey> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ObjectKey parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("object: " + text + " (expected: apiVersion|kind|namespace|name)");
        }
        return new ObjectKey(parts[0], parts[1], parts[2], parts[3]);
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        if (byNamespace != 0) return byNamespace;
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) return byKind;
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : apiVersion.compareTo(other.apiVersion);
    }

    @JsonValue
    @Override
    public String toString() {
        return apiVersion + "|" + kind + "|" + namespace + "|" + name;
    }
}
