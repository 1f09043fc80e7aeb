package io.weft.it.real;

import java.time.Instant;

/**
 * One request to an API server.
 *
 * @param at when it came
 * @param verb as in a role
 * @param resource with its subresource, as in a role; empty for what is no resource
 * @param namespace empty for those of the whole cluster
 * @param name empty for a list
 * @param status of HTTP; 0 while a watch goes on
 */
public record AuditedRequest(
        Instant at, String verb, String group, String resource, String namespace, String name, int status) {
    /** Refused for a right that is missing. */
    public boolean forbidden() {
        return status == 403;
    }

    /** Whether the other one is the same question, with another answer. */
    public boolean allowedBy(AuditedRequest other) {
        return !other.forbidden()
                && verb.equals(other.verb)
                && group.equals(other.group)
                && resource.equals(other.resource)
                && namespace.equals(other.namespace)
                && name.equals(other.name);
    }

    /** A server-side apply that made an object needs the right to create it, although its verb is patch. */
    public boolean created() {
        return verb.equals("patch") && status == 201;
    }
}
