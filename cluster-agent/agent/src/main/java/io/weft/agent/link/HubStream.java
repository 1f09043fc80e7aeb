package io.weft.agent.link;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.weft.agent.AgentCore;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.v1.AgentGatewayGrpc;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.HubMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream to the hub. What cannot be written yet waits here, up to a bound; a hub that reads nothing for so long ends
 * the stream.
 */
final class HubStream implements AgentCore.Outbound, ClientResponseObserver<AgentMessage, HubMessage> {
    private static final int MOST_WAITING = 10_000;

    /** How a stream ended. */
    record Ended(String reason, int retryAfterMillis, String redirect, boolean spoke) {}

    private final AgentCore core;
    private final Runnable answered;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final Queue<AgentMessage> waiting = new ArrayDeque<>();
    private @Nullable ClientCallStreamObserver<AgentMessage> call;
    private volatile boolean spoke;

    private HubStream(AgentCore core, Runnable answered) {
        this.core = core;
        this.answered = answered;
    }

    /** @param answered runs at the hub's first word */
    static HubStream open(ManagedChannel channel, AgentCore core, Runnable answered) {
        HubStream stream = new HubStream(core, answered);
        AgentGatewayGrpc.newStub(channel).session(stream);
        core.connected(stream);
        return stream;
    }

    /** Completes when the stream is over, always normally. */
    CompletableFuture<Ended> ended() {
        return ended;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> request) {
        synchronized (waiting) {
            call = request;
        }
        request.setOnReadyHandler(this::drain);
    }

    @Override
    public void send(AgentMessage message) {
        synchronized (waiting) {
            waiting.add(message);
            if (waiting.size() > MOST_WAITING) {
                close(new Ended("the hub does not read", 0, "", spoke));
                return;
            }
        }
        drain();
    }

    private void drain() {
        synchronized (waiting) {
            while (call != null && call.isReady() && !ended.isDone()) {
                AgentMessage next = waiting.poll();
                if (next == null) return;
                call.onNext(next);
            }
        }
    }

    @Override
    public void end(AgentEffect.End end) {
        close(new Ended(end.code() + ": " + end.reason(), end.retryAfterMillis(), end.redirect(), spoke));
    }

    /** From this side. */
    void close(Ended how) {
        if (!ended.complete(how)) return;
        synchronized (waiting) {
            if (call != null) call.cancel(how.reason(), null);
        }
    }

    @Override
    public void onNext(HubMessage message) {
        if (!spoke && !message.hasGoodbye()) {
            spoke = true;
            answered.run();
        }
        core.received(message);
    }

    @Override
    public void onError(Throwable failure) {
        core.disconnected(this);
        ended.complete(new Ended(Status.fromThrowable(failure).toString(), 0, "", spoke));
    }

    @Override
    public void onCompleted() {
        core.disconnected(this);
        ended.complete(new Ended("closed by the hub", 0, "", spoke));
    }
}
