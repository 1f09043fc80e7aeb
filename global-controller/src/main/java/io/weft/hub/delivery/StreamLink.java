package io.weft.hub.delivery;

import io.grpc.stub.ServerCallStreamObserver;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One gRPC stream. Chunks count as sent once the transport has room, so a slow reader holds back its own bundle only. */
final class StreamLink implements AgentLink {
    private final ServerCallStreamObserver<HubMessage> stream;
    private final BiConsumer<GoodbyeCode, String> refusals;
    private @Nullable ClusterDelivery delivery;
    private int unsent;
    private boolean ended;

    /** @param refusals told once why the hub ended the stream; must be quick */
    StreamLink(ServerCallStreamObserver<HubMessage> stream, BiConsumer<GoodbyeCode, String> refusals) {
        this.stream = stream;
        this.refusals = refusals;
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
        refusals.accept(code, reason);
        if (!stream.isCancelled()) stream.onCompleted();
    }
}
