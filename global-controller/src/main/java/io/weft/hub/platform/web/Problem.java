package io.weft.hub.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weft.policy.validate.Violation;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * A problem document of RFC 9457. It never repeats the address that was asked for, so that the answer about a tenant of
 * others and about no tenant at all are the same bytes.
 *
 * @param violations everything that is wrong with what was sent; empty when that is not the trouble
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<Violation> violations) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        violations = List.copyOf(violations);
    }

    public static Problem of(HttpStatus status, String detail) {
        return of(status, detail, List.of());
    }

    public static Problem of(HttpStatus status, String detail, List<Violation> violations) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, violations);
    }

    /** The one answer for whatever is not there for this caller's eyes. */
    public static Problem notFound() {
        return of(HttpStatus.NOT_FOUND, "There is nothing here for this caller.");
    }
}
