package io.weft.web.answer;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever went wrong in the container or a filter, as a problem document that tells nothing of the inside. */
@RestController
class FailedRequests implements ErrorController {
    @RequestMapping("${server.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        if (code == null || status == HttpStatus.NOT_FOUND) Problem.notFound().write(response);
        else if (status == null || status.is5xxServerError()) {
            new Problem("about:blank", "Internal Server Error", 500, "The edge failed; its log says why.", 0)
                    .write(response);
        } else {
            new Problem("about:blank", status.getReasonPhrase(), status.value(), status.getReasonPhrase(), 0)
                    .write(response);
        }
    }
}
