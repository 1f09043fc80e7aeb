package io.weft.hub.platform.web;

import io.weft.policy.validate.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    public ProblemException(Problem problem, Map<String, String> headers) {
        this(problem, headers, null);
    }

    public ProblemException(Problem problem, Map<String, String> headers, @Nullable Throwable cause) {
        super(problem.detail(), cause, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public ProblemException(HttpStatus status, String detail) {
        this(Problem.of(status, detail));
    }

    public static ProblemException notFound() {
        return new ProblemException(Problem.notFound());
    }

    /** For a name that nothing has, or could have. */
    public static ProblemException notFound(RuntimeException cause) {
        return new ProblemException(Problem.notFound(), Map.of(), cause);
    }

    /** What was sent cannot be read: 400. */
    public static ProblemException unreadable(Violation violation, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(HttpStatus.BAD_REQUEST, "What was sent cannot be read.", List.of(violation)),
                Map.of(),
                cause);
    }

    /** What was sent can be read and is wrong: 422. */
    public static ProblemException unprocessable(List<Violation> violations) {
        return new ProblemException(Problem.of(
                HttpStatus.UNPROCESSABLE_CONTENT, "What was sent is not valid; nothing was stored.", violations));
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
