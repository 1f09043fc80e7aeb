package io.weft.fleet.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request for objects of a kind.
 *
 * @param verb as roles name it
 * @param namespace empty for all, or where the kind has none
 * @param name empty for none
 * @param subresource empty for the object itself
 * @param agent the client's own name, from the header
 */
record Call(
        String verb,
        ResourceKind kind,
        String namespace,
        String name,
        String subresource,
        Map<String, String> query,
        String contentType,
        String agent,
        byte[] body) {
    private static final int LONGEST_MANAGER = 128;

    String query(String key) {
        return query.getOrDefault(key, "");
    }

    boolean dry() {
        return query("dryRun").equals("All");
    }

    boolean strict() {
        return query("fieldValidation").equals("Strict");
    }

    /** Who writes, if an apply does not say it. */
    String manager() {
        String said = query("fieldManager");
        if (!said.isEmpty()) return said;
        String name = agent.split("/", 2)[0];
        return name.length() <= LONGEST_MANAGER ? name : name.substring(0, LONGEST_MANAGER);
    }

    StoredObject.Id id() {
        return new StoredObject.Id(kind, namespace, name);
    }

    Call named(String other) {
        return new Call(verb, kind, namespace, other, subresource, query, contentType, agent, body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
