package io.weft.web.relay;

import io.weft.web.answer.Problem;
import io.weft.web.hub.OpenStreams;
import io.weft.web.hub.Replicas;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/** One request to the hub and its answer, both as they come: nothing is held back, streams of events are sent on at once. */
@Component
class HubExchange implements ProxyExchange {
    /** Until the head of the answer is there; the body has come whole by then. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(HubExchange.class);
    /** Not the client's to say: who asks is told by the credential alone. The last ones the client library sets itself. */
    private static final Set<String> KEPT_BACK = caseless(
            "cookie",
            "forwarded",
            "x-csrf-token",
            "x-real-ip",
            "x-tenant",
            "expect",
            "host",
            "content-length",
            "connection",
            "upgrade",
            "te",
            "transfer-encoding");

    private static final Set<String> NOT_RETURNED =
            caseless("set-cookie", "server", "date", "transfer-encoding", "connection", "keep-alive");

    private final Replicas replicas;
    private final OpenStreams streams;

    HubExchange(Replicas replicas, OpenStreams streams) {
        this.replicas = replicas;
        this.streams = streams;
    }

    private static Set<String> caseless(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(Set.of(names));
        return all;
    }

    @Override
    public ServerResponse exchange(Request request) {
        if (contentLength(request) > LimitedBody.MOST)
            return Problem.tooLarge(LimitedBody.MOST).response();
        LimitedBody body = null;
        try {
            body = new LimitedBody(request.getServerRequest().servletRequest().getInputStream());
            BodyPublisher publisher = publisher(request, body);
            return relayed(request, replicas.send(hub -> toHub(request, hub, publisher), LIMIT));
        } catch (IllegalArgumentException e) {
            return Problem.badAddress().response();
        } catch (TimeoutException e) {
            return hasBody(request)
                    ? Problem.tooSlow().response()
                    : Problem.hubUnavailable().response();
        } catch (IOException e) {
            if (body != null && body.exceeded())
                return Problem.tooLarge(LimitedBody.MOST).response();
            if (!(e instanceof ConnectException)) LOG.warn("the hub did not answer: {}", e.toString());
            return Problem.hubUnavailable().response();
        }
    }

    private static HttpRequest toHub(Request request, URI hub, BodyPublisher body) {
        // As it came: what the servlet container made of the query has lost its order.
        HttpServletRequest asked = request.getServerRequest().servletRequest();
        String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
        URI target = URI.create(hub + asked.getRequestURI() + query);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(target).method(request.getMethod().name(), body);
        request.getHeaders().forEach((name, values) -> {
            if (!KEPT_BACK.contains(name)) values.forEach(value -> builder.header(name, value));
        });
        Credential.of(request.getServerRequest())
                .ifPresent(token -> builder.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        return builder.build();
    }

    private static BodyPublisher publisher(Request request, InputStream body) {
        if (!hasBody(request)) return BodyPublishers.noBody();
        BodyPublisher streamed = BodyPublishers.ofInputStream(() -> body);
        long length = contentLength(request);
        return length > 0 ? BodyPublishers.fromPublisher(streamed, length) : streamed;
    }

    private static boolean hasBody(Request request) {
        return contentLength(request) > 0
                || request.getServerRequest().servletRequest().getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static long contentLength(Request request) {
        return request.getServerRequest().servletRequest().getContentLengthLong();
    }

    private ServerResponse relayed(Request request, HttpResponse<InputStream> answer) {
        boolean stream = answer.headers()
                .firstValue(HttpHeaders.CONTENT_TYPE)
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        ServerResponse response = GatewayServerResponse.status(HttpStatusCode.valueOf(answer.statusCode()))
                .build((servletRequest, servletResponse) -> {
                    try (InputStream body = answer.body()) {
                        if (stream) relayEvents(Credential.owner(request.getServerRequest()), body, servletResponse);
                        else body.transferTo(servletResponse.getOutputStream());
                    }
                    return null;
                });
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_RETURNED.contains(name)) response.headers().addAll(name, values);
        });
        return response;
    }

    /** Each piece at once, comments that only keep the connection alive too. Either side's end ends the other's. */
    private void relayEvents(Object owner, InputStream events, HttpServletResponse response) throws IOException {
        streams.opened(owner, events);
        try {
            response.flushBuffer();
            byte[] buffer = new byte[8192];
            for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
                response.getOutputStream().write(buffer, 0, read);
                response.flushBuffer();
            }
        } catch (IOException ended) {
            LOG.debug("a stream of events ended: {}", ended.getMessage());
        } finally {
            streams.closed(owner, events);
        }
    }
}
