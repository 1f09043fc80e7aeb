package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The body of a request, read within its limit and parsed: JSON or YAML, UTF-8, no repeated keys, no aliases. A
 * controller takes it as a parameter. What cannot be read has been answered before: 400, 413 or 415.
 *
 * @param bytes as sent
 * @param documents none when nothing was sent; more than one only of YAML
 */
public record Body(byte[] bytes, List<JsonNode> documents) {
    /** More than this is answered 413. */
    public static final int LIMIT = 1 << 20;

    /** The only document. */
    public JsonNode json() {
        if (documents.size() != 1) {
            throw ProblemException.unreadable(
                    new Violation("", Integer.toString(documents.size()), "not one document", "one document"), null);
        }
        return documents.getFirst();
    }
}
