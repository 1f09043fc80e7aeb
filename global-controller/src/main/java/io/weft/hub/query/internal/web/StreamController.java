package io.weft.hub.query.internal.web;

import io.weft.hub.access.Permission;
import io.weft.hub.access.Revalidation;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.platform.web.Problem;
import io.weft.hub.platform.web.ProblemException;
import io.weft.hub.query.internal.LiveStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The live stream. The request keeps its virtual thread for as long as it is read. */
@RestController
class StreamController {
    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);

    private final LiveStream stream;

    StreamController(LiveStream stream) {
        this.stream = stream;
    }

    @GetMapping("/api/v1/tenants/{tenant}/stream")
    void stream(
            TenantCaller caller,
            Revalidation credential,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletResponse response)
            throws IOException {
        caller.require(Permission.READ);
        long after = last == null ? -1 : PageRequest.number("Last-Event-ID", last);
        if (!stream.hasRoom()) {
            throw new ProblemException(
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Too many streams are open; try again."),
                    Map.of(HttpHeaders.RETRY_AFTER, "10"));
        }
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        try {
            stream.run(caller.tenant(), after, credential, text -> {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            });
        } catch (IOException readerGone) {
            LOG.debug("a stream of tenant {} ended: {}", caller.tenant(), readerGone.getMessage());
        }
    }
}
