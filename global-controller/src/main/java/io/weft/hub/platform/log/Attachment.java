package io.weft.hub.platform.log;

import io.weft.policy.image.Hash;

/** What is stored in the same transaction as the entries of a proposal. */
public sealed interface Attachment {
    /**
     * The audit record of a mutation; written by the {@link AttachmentWriter} that the audit module provides.
     *
     * @param actor who, as the credential says
     * @param action a verb and a kind: {@code put TrafficRoute}
     * @param target what it was done to, written as in paths
     * @param source address of the caller, or empty
     * @param request identifies the request, or empty
     * @param detail a JSON object, without secrets
     */
    record AuditEvent(String actor, String action, String target, String source, String request, String detail)
            implements Attachment {}

    /**
     * Makes a repeated request answer as the first did.
     *
     * @param key as the client chose it
     * @param request hash of method, path, actor and body; another one under the same key is a conflict
     * @param status HTTP status of the answer
     * @param answer body of the answer
     */
    record IdempotencyKey(String key, Hash request, int status, String answer) implements Attachment {}
}
