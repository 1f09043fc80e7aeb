package io.weft.hub.platform.web;

import io.weft.hub.platform.StorageException;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one table from what was thrown to an answer of HTTP. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> handle(Exception thrown) {
        return switch (thrown) {
            case ProblemException e -> answer(e.problem(), e.headers());
            case ErrorResponse e -> ofSpring(e);
            case StorageException e when e.passing() -> unavailable(e);
            case DataAccessException e when isOutage(e) -> unavailable(e);
            default -> fault(thrown);
        };
    }

    private static ResponseEntity<Problem> ofSpring(ErrorResponse e) {
        HttpStatus status = HttpStatus.valueOf(e.getStatusCode().value());
        if (status == HttpStatus.NOT_FOUND) return answer(Problem.notFound(), Map.of());
        String detail = e.getBody().getDetail();
        ResponseEntity<Problem> answer =
                answer(Problem.of(status, detail == null ? status.getReasonPhrase() : detail), Map.of());
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(answer.getHeaders());
        e.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) headers.put(name, values);
        });
        return new ResponseEntity<>(answer.getBody(), headers, status);
    }

    /** Connection class 08 and the administrator's shutdowns 57P; pools answer with a transient exception. */
    private static boolean isOutage(DataAccessException e) {
        if (e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof NonTransientDataAccessResourceException) return true;
        String state = e.getMostSpecificCause() instanceof SQLException sql ? sql.getSQLState() : null;
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static ResponseEntity<Problem> unavailable(Exception e) {
        LOG.warn("answered 503: {}", e.getMessage());
        return answer(
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached; try again."),
                Map.of(HttpHeaders.RETRY_AFTER, "1"));
    }

    private static ResponseEntity<Problem> fault(Exception e) {
        LOG.error("answered 500", e);
        return answer(Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "The hub failed; its log says why."), Map.of());
    }

    private static ResponseEntity<Problem> answer(Problem problem, Map<String, String> headers) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.forEach(answer::header);
        return answer.body(problem);
    }
}
