package io.weft.hub.query.internal.openapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the interface.
 *
 * @param parameters names of query parameters (lower case) and headers (upper case); {@code name=meaning} where it has a
 *     meaning of its own
 * @param body name of the schema of what is sent; null for nothing
 * @param status of success
 * @param answer name of the schema of what is answered; null for no content
 */
record Operation(
        String method,
        String path,
        String summary,
        List<String> parameters,
        @Nullable String body,
        int status,
        @Nullable String answer) {
    static Operation get(String path, String summary, String answer, String... parameters) {
        return new Operation("get", path, summary, List.of(parameters), null, 200, answer);
    }

    static Operation post(String path, String summary, @Nullable String body, int status, String answer) {
        return new Operation("post", path, summary, List.of(), body, status, answer);
    }
}
