package io.weft.fleet.direct;

import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A request that wants to be told of changes, as by a WebSocket. */
final class DirectWatch extends DirectExchange {
    private static final int NORMAL = 1000;

    private final WebSocket.Listener listener;
    private final CompletableFuture<WebSocketResponse> response = new CompletableFuture<>();
    private final WebSocket socket = new WebSocket() {
        /** Nobody asks a watch anything. */
        @Override
        public boolean send(ByteBuffer message) {
            return false;
        }

        @Override
        public boolean sendClose(int code, String reason) {
            if (cancelled()) return false;
            cancel();
            return true;
        }

        @Override
        public long queueSize() {
            return 0;
        }

        @Override
        public void request() {
            ask();
        }
    };
    private boolean open;

    DirectWatch(StandardHttpRequest request, WebSocket.Listener listener) {
        super(request, 1);
        this.listener = listener;
    }

    CompletableFuture<WebSocketResponse> response() {
        return response;
    }

    /** Instead of what was asked for. */
    @Override
    public void send(int status, byte[] whole) {
        WebSocketUpgradeResponse refusal = new WebSocketUpgradeResponse(request(), status, JSON);
        response.complete(new WebSocketResponse(refusal, new IOException("answered with " + status)));
    }

    @Override
    public void begin() {
        open = true;
        listener.onOpen(socket);
        response.complete(new WebSocketResponse(new WebSocketUpgradeResponse(request()), socket));
    }

    @Override
    public void stream(byte[] part) throws InterruptedException {
        awaitAsked();
        listener.onMessage(socket, new String(part, StandardCharsets.UTF_8));
    }

    @Override
    void ended() {
        if (open) listener.onClose(socket, NORMAL, "");
    }

    @Override
    void broke(IOException reason) {
        if (!open) response.completeExceptionally(reason);
        else if (cancelled()) ended();
        else listener.onError(socket, reason);
    }
}
