package io.weft.agent.live;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy that is connected to an istiod, and how far it follows.
 *
 * @param name {@code pod.namespace}
 * @param router a gateway; else a sidecar
 * @param resources by type, those that it was ever sent
 */
record Proxy(String name, boolean router, Map<ResourceType, Sync> resources) {
    private static final int LENGTH_OF_NONCE = 36;

    /**
     * @param sent, acknowledged {@code <time>/<number of the push><random text>}; empty when never
     * @param error what the proxy last refused; empty when nothing
     */
    record Sync(String sent, String acknowledged, String error) {
        boolean settled() {
            return sent.equals(acknowledged);
        }

        boolean refused() {
            return !settled() && !error.isEmpty();
        }
    }

    Proxy {
        Map<ResourceType, Sync> ordered = new EnumMap<>(ResourceType.class);
        ordered.putAll(resources);
        resources = ordered;
    }

    String namespace() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    Optional<Sync> sync(ResourceType type) {
        return Optional.ofNullable(resources.get(type));
    }

    /** Nothing is on its way to it or refused by it. */
    boolean settled() {
        return !resources.isEmpty() && resources.values().stream().allMatch(Sync::settled);
    }

    /** The newest push of which this proxy was sent something; 0 when of none. */
    long newestSent() {
        return resources.values().stream()
                .mapToLong(sync -> number(sync.sent()))
                .max()
                .orElse(0);
    }

    /** Pushes of one istiod are numbered upwards from its start; 0 for what is no version. */
    static long number(String version) {
        int from = version.lastIndexOf('/') + 1;
        int to = version.length() - LENGTH_OF_NONCE;
        if (from <= 0 || to <= from) return 0;
        try {
            return Long.parseLong(version, from, to, 10);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }
}
