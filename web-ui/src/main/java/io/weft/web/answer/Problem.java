package io.weft.web.answer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem document of RFC 9457. Its type tells programs what to do.
 *
 * @param retryAfterSeconds when another try is worth it; 0: that is not the question
 */
public record Problem(String type, String title, int status, String detail, long retryAfterSeconds) {
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "https://weft.io/problems/";
    private static final JsonMapper JSON = JsonMapper.shared();

    public static Problem sessionExpired() {
        return new Problem(
                TYPES + "session-expired",
                "Not logged in",
                401,
                "There is no session, or it is over (expected: log in, or send an Authorization header).",
                0);
    }

    public static Problem forged() {
        return new Problem(
                TYPES + "csrf",
                "Forbidden",
                403,
                "X-CSRF-TOKEN: missing or not of this session (expected: the token that GET /session answers).",
                0);
    }

    public static Problem hubUnavailable() {
        return new Problem(
                TYPES + "hub-unavailable",
                "Service Unavailable",
                503,
                "The hub cannot be reached; what was asked for may not have happened. Try again.",
                2);
    }

    public static Problem issuerUnavailable() {
        return new Problem(
                TYPES + "issuer-unavailable",
                "Service Unavailable",
                503,
                "Who logs people in cannot be reached at the moment. Try again.",
                5);
    }

    public static Problem tooManyRequests(long retryAfterSeconds) {
        return new Problem(
                TYPES + "too-many-requests",
                "Too Many Requests",
                429,
                "More requests than this tenant is let through at the moment.",
                retryAfterSeconds);
    }

    public static Problem tooLarge(long most) {
        return new Problem(
                "about:blank", "Content Too Large", 413, "body: too large (expected: at most " + most + " bytes)", 0);
    }

    public static Problem badAddress() {
        return new Problem("about:blank", "Bad Request", 400, "address: malformed (expected: a URL)", 0);
    }

    public static Problem tooSlow() {
        return new Problem("about:blank", "Request Timeout", 408, "The body did not arrive in time.", 0);
    }

    public static Problem notFound() {
        return new Problem("about:blank", "Not Found", 404, "There is nothing here for this caller.", 0);
    }

    private Map<String, Object> document() {
        return Map.of("type", type, "title", title, "status", status, "detail", detail);
    }

    /** Ends a request of a filter. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        if (retryAfterSeconds > 0) response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds));
        response.getOutputStream().write(JSON.writeValueAsString(document()).getBytes(StandardCharsets.UTF_8));
    }

    /** Ends a request of a route. */
    public ServerResponse response() {
        return ServerResponse.status(status).build((request, response) -> {
            write(response);
            return null;
        });
    }
}
