package io.weft.fleet.direct;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.weft.fleet.cluster.SimulatedCluster;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A virtual thread for each request. Closing it ends what is under way, also of the clients that were derived from it. */
final class DirectClient extends StandardHttpClient<DirectClient, DirectHttp, DirectHttp.Builder> {
    private final SimulatedCluster cluster;
    private final Set<DirectExchange> underWay;

    DirectClient(DirectHttp.Builder builder, SimulatedCluster cluster) {
        super(builder, new AtomicBoolean());
        this.cluster = cluster;
        this.underWay = ConcurrentHashMap.newKeySet();
    }

    DirectClient(DirectHttp.Builder builder, DirectClient origin) {
        super(builder, origin.getClosed());
        this.cluster = origin.cluster;
        this.underWay = origin.underWay;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        DirectRequest exchange = new DirectRequest(request, consumer);
        exchange.start(cluster, underWay);
        return exchange.response();
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder builder, WebSocket.Listener listener) {
        DirectWatch exchange = new DirectWatch(builder.asHttpRequest(), listener);
        exchange.start(cluster, underWay);
        return exchange.response();
    }

    @Override
    protected void doClose() {
        underWay.forEach(DirectExchange::cancel);
    }
}
