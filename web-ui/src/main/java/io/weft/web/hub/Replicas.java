package io.weft.web.hub;

import io.weft.web.settings.EdgeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * The replicas of the hub. All requests go to one, so that who wrote reads what he wrote; when that one takes no connection
 * they go to the next. Nothing was sent then, so this is right for writes as well.
 */
@Component
public class Replicas {
    private final HttpClient client;
    private final List<URI> all;
    private final AtomicInteger current = new AtomicInteger();

    Replicas(HttpClient hubClient, EdgeSettings settings) {
        client = hubClient;
        all = settings.hubs();
    }

    /**
     * Sends a request and waits for the head of its answer; the caller closes the body.
     *
     * @param request makes the request to a replica with this address
     * @throws ConnectException no replica takes a connection
     * @throws TimeoutException nothing was answered in that time
     */
    public HttpResponse<InputStream> send(Function<URI, HttpRequest> request, Duration limit)
            throws IOException, TimeoutException {
        int first = current.get();
        for (int tried = 0; ; tried++) {
            int number = (first + tried) % all.size();
            try {
                HttpResponse<InputStream> answer = await(request.apply(all.get(number)), limit);
                if (tried > 0) current.compareAndSet(first, number);
                return answer;
            } catch (ConnectException | HttpConnectTimeoutException e) {
                if (tried == all.size() - 1) throw e;
            }
        }
    }

    private HttpResponse<InputStream> await(HttpRequest request, Duration limit) throws IOException, TimeoutException {
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw e;
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the hub answers", e);
        }
    }
}
