package io.weft.web.pages;

import io.weft.web.answer.Problem;
import io.weft.web.hub.HubApi;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the edge lives, whether it is of use, and why a log-in did not come about. */
@RestController
class StatusController {
    private final HubApi hub;

    StatusController(HubApi hub) {
        this.hub = hub;
    }

    @GetMapping(path = "/healthz", produces = MediaType.TEXT_PLAIN_VALUE)
    String alive() {
        return "ok\n";
    }

    @GetMapping(path = "/readyz", produces = MediaType.TEXT_PLAIN_VALUE)
    @org.jspecify.annotations.Nullable
    String ready(HttpServletResponse response) throws IOException {
        if (hub.ready()) return "ok\n";
        Problem.hubUnavailable().write(response);
        return null;
    }

    @GetMapping("/login/failed")
    ResponseEntity<Resource> failed() {
        return page(403, "login-failed.html");
    }

    @GetMapping("/login/unavailable")
    ResponseEntity<Resource> unavailable() {
        return page(503, "login-unavailable.html");
    }

    private static ResponseEntity<Resource> page(int status, String file) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_HTML).body(new ClassPathResource(file));
    }
}
