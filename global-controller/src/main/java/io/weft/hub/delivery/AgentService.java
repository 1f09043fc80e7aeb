package io.weft.hub.delivery;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.clusters.SessionAuthenticator.RefusedIdentityException;
import io.weft.hub.clusters.SessionIdentity;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.StorageException;
import io.weft.hub.world.ReplicaStoppedException;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.AgentGatewayGrpc.AgentGatewayImplBase;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Takes agents' streams. Who speaks is what the certificate says, whatever the messages say. */
public final class AgentService extends AgentGatewayImplBase {
    private static final Context.Key<Peer> PEER = Context.key("peer");

    /** @param chain empty without a client certificate */
    private record Peer(List<X509Certificate> chain, String address) {}

    private final SessionAuthenticator authenticator;
    private final Sessions sessions;
    private final RefusedSessions refused;
    private final Function<TenantId, ClusterDelivery.World> worlds;
    private final TurnedAway turnedAway;

    /** Hears of how sessions ended of agents whose certificate is good; must not block. */
    @FunctionalInterface
    public interface TurnedAway {
        void note(SessionIdentity identity, String address, GoodbyeCode code, String reason);
    }

    public AgentService(
            SessionAuthenticator authenticator,
            Sessions sessions,
            RefusedAttempts refused,
            Function<TenantId, ClusterDelivery.World> worlds,
            TurnedAway turnedAway) {
        this.turnedAway = turnedAway;
        this.refused = new RefusedSessions(refused);
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.worlds = worlds;
    }

    @Override
    public StreamObserver<AgentMessage> session(StreamObserver<HubMessage> out) {
        ServerCallStreamObserver<HubMessage> stream = (ServerCallStreamObserver<HubMessage>) out;
        Peer peer = peer();
        try {
            SessionIdentity identity = authenticator.authenticate(peer.chain());
            StreamLink link = new StreamLink(stream, (code, reason) -> {
                refused.ended(identity, peer.address(), code, reason);
                turnedAway.note(identity, peer.address(), code, reason);
            });
            ClusterDelivery delivery = new ClusterDelivery(
                    worlds.apply(identity.tenant()), identity.cluster(), identity.clusterUid(), link, sessions::opened);
            link.bind(delivery);
            return new Reading(stream, link, delivery, identity);
        } catch (RefusedIdentityException why) {
            refused.notOpened(why, peer.address());
            return refuse(stream, Status.UNAUTHENTICATED.withDescription(why.getMessage()));
        } catch (StorageException | ReplicaStoppedException away) {
            return refuse(stream, Status.UNAVAILABLE.withDescription("the hub cannot answer at present"));
        }
    }

    private static Peer peer() {
        Peer peer = PEER.get();
        return peer == null ? new Peer(List.of(), "") : peer;
    }

    private static StreamObserver<AgentMessage> refuse(StreamObserver<HubMessage> stream, Status status) {
        stream.onError(status.asException());
        return new Ignoring();
    }

    /** What still comes on a stream that was refused. */
    private static final class Ignoring implements StreamObserver<AgentMessage> {
        @Override
        public void onNext(AgentMessage message) {}

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {}
    }

    /** Reads one message at a time, and none while too many wait for storage. */
    private final class Reading implements StreamObserver<AgentMessage> {
        private final ServerCallStreamObserver<HubMessage> stream;
        private final StreamLink link;
        private final ClusterDelivery delivery;
        private final AtomicBoolean paused = new AtomicBoolean();

        Reading(
                ServerCallStreamObserver<HubMessage> stream,
                StreamLink link,
                ClusterDelivery delivery,
                SessionIdentity identity) {
            this.stream = stream;
            this.link = link;
            this.delivery = delivery;
            stream.disableAutoRequest();
            stream.setOnReadyHandler(link::ready);
            stream.setOnCancelHandler(this::gone);
            stream.request(1);
            sessions.add(delivery, identity, this::readOn);
        }

        @Override
        public void onNext(AgentMessage message) {
            delivery.received(message);
            if (delivery.hasRoom()) stream.request(1);
            else paused.set(true);
        }

        private void readOn() {
            if (delivery.hasRoom() && paused.compareAndSet(true, false)) stream.request(1);
        }

        @Override
        public void onError(Throwable lost) {
            gone();
        }

        @Override
        public void onCompleted() {
            gone();
            link.end(GoodbyeCode.GOODBYE_CODE_UNSPECIFIED, "the agent closed its side");
        }

        private void gone() {
            sessions.remove(delivery);
            delivery.lost();
        }
    }

    /** Puts the verified certificates of the other side where {@link AgentService} finds them. */
    public static final class Certificates implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Peer peer = new Peer(
                    chain(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
                    call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address
                            ? address.getAddress().getHostAddress()
                            : "");
            return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
        }

        private static List<X509Certificate> chain(@Nullable SSLSession session) {
            List<X509Certificate> chain = new ArrayList<>();
            if (session == null) return chain;
            try {
                for (Certificate each : session.getPeerCertificates()) {
                    if (each instanceof X509Certificate certificate) chain.add(certificate);
                }
            } catch (SSLPeerUnverifiedException none) {
                return List.of(); // enrols, or will be refused
            }
            return chain;
        }
    }
}
