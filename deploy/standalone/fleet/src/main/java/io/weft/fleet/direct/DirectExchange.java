package io.weft.fleet.direct;

import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.BodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.InputStreamBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import io.weft.fleet.cluster.Exchange;
import io.weft.fleet.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** One request and its answer. The answer waits where the client has not asked for its next part. */
abstract class DirectExchange implements Exchange {
    static final Map<String, List<String>> JSON = Map.of(StandardHttpHeaders.CONTENT_TYPE, List.of("application/json"));

    private final StandardHttpRequest request;
    private final Semaphore asked;
    private byte[] body = {};
    private Thread thread = Thread.currentThread();
    private volatile boolean cancelled;

    /** @param asked how many parts the client wants without asking */
    DirectExchange(StandardHttpRequest request, int asked) {
        this.request = request;
        this.asked = new Semaphore(asked);
    }

    final void start(SimulatedCluster cluster, Set<DirectExchange> underWay) {
        thread = Thread.ofVirtual()
                .name(cluster.name() + " " + request.method())
                .unstarted(() -> run(cluster, underWay));
        underWay.add(this);
        thread.start();
    }

    private void run(SimulatedCluster cluster, Set<DirectExchange> underWay) {
        try {
            body = content(request.body());
            cluster.call(this);
            ended();
        } catch (IOException e) {
            broke(e);
        } catch (InterruptedException e) {
            broke(new IOException("the connection was closed", e));
        } catch (RuntimeException e) {
            broke(new IOException(e));
        } finally {
            underWay.remove(this);
        }
    }

    private byte[] content(BodyContent content) throws IOException {
        return switch (content) {
            case null -> new byte[0];
            case StringBodyContent text -> text.getContent().getBytes(StandardCharsets.UTF_8);
            case ByteArrayBodyContent bytes -> bytes.getContent();
            case InputStreamBodyContent stream -> stream.getContent().readAllBytes();
            default -> throw new IOException("a body that is " + content.getClass());
        };
    }

    /** All is told. */
    abstract void ended();

    abstract void broke(IOException reason);

    /** The client wants one part more. */
    final void ask() {
        asked.release();
    }

    final void awaitAsked() throws InterruptedException {
        asked.acquire();
        if (cancelled) throw new InterruptedException("the client hung up");
    }

    final boolean cancelled() {
        return cancelled;
    }

    /** The client hangs up; maybe while it takes a part. */
    final void cancel() {
        cancelled = true;
        ask();
        if (thread != Thread.currentThread()) thread.interrupt();
    }

    final StandardHttpRequest request() {
        return request;
    }

    @Override
    public final String method() {
        return request.method();
    }

    @Override
    public final String path() {
        return request.uri().getRawPath();
    }

    @Override
    public final String query() {
        return Optional.ofNullable(request.uri().getRawQuery()).orElse("");
    }

    @Override
    public final String header(String name) {
        String type = request.getContentType();
        if (name.equalsIgnoreCase(StandardHttpHeaders.CONTENT_TYPE) && type != null) return type;
        return String.join(",", request.headers(name));
    }

    @Override
    public final byte[] body() {
        return body;
    }
}
