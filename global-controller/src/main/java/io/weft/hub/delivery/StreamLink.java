package io.weft.hub.delivery;

import io.grpc.stub.ServerCallStreamObserver;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import org.jspecify.annotations.Nullable;

/** One gRPC stream. Chunks count as sent once the transport has room, so a slow reader holds back its own bundle only. */
final class StreamLink implements AgentLink {
    private final ServerCallStreamObserver<HubMessage> stream;
    private @Nullable ClusterDelivery delivery;
    private int unsent;
    private boolean ended;

    StreamLink(ServerCallStreamObserver<HubMessage> stream) {
        this.stream = stream;
    }

    synchronized void bind(ClusterDelivery to) {
        delivery = to;
    }

    @Override
    public synchronized void send(HubMessage message) {
        if (ended || stream.isCancelled()) return;
        stream.onNext(message);
        if (message.hasBundleChunk()) {
            unsent++;
            if (stream.isReady()) confirm();
        }
    }

    /** The transport has room again. */
    synchronized void ready() {
        confirm();
    }

    private void confirm() {
        ClusterDelivery to = delivery;
        if (to == null) return;
        for (; unsent > 0; unsent--) to.sent();
    }

    @Override
    public synchronized void end(GoodbyeCode code, String reason) {
        if (ended) return;
        ended = true;
        if (!stream.isCancelled()) stream.onCompleted();
    }
}
