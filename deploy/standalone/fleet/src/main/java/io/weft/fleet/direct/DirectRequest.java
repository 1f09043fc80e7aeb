package io.weft.fleet.direct;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A request with an ordinary answer, of one part or more. */
final class DirectRequest extends DirectExchange {
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<HttpResponse<AsyncBody>> response = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AsyncBody answer = new AsyncBody() {
        @Override
        public void consume() {
            ask();
        }

        @Override
        public CompletableFuture<Void> done() {
            return done;
        }

        @Override
        public void cancel() {
            done.cancel(false);
            DirectRequest.this.cancel();
        }
    };

    DirectRequest(StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        super(request, 0);
        this.consumer = consumer;
    }

    CompletableFuture<HttpResponse<AsyncBody>> response() {
        return response;
    }

    @Override
    public void send(int status, byte[] whole) throws IOException, InterruptedException {
        response.complete(new Response(status));
        stream(whole);
    }

    @Override
    public void begin() {
        response.complete(new Response(200));
    }

    @Override
    public void stream(byte[] part) throws IOException, InterruptedException {
        awaitAsked();
        try {
            consumer.consume(List.of(ByteBuffer.wrap(part)), answer);
        } catch (Exception e) {
            throw new IOException("the client does not take it: " + e.getMessage(), e);
        }
    }

    @Override
    void ended() {
        done.complete(null);
    }

    @Override
    void broke(IOException reason) {
        response.completeExceptionally(reason);
        done.completeExceptionally(reason);
    }

    private final class Response extends StandardHttpHeaders implements HttpResponse<AsyncBody> {
        private final int status;

        Response(int status) {
            super(JSON);
            this.status = status;
        }

        @Override
        public int code() {
            return status;
        }

        @Override
        public AsyncBody body() {
            return answer;
        }

        @Override
        public HttpRequest request() {
            return DirectRequest.this.request();
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }
    }
}
