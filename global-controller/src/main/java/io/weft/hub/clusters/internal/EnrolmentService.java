package io.weft.hub.clusters.internal;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weft.hub.clusters.internal.CertificateIssue.Issued;
import io.weft.hub.platform.StorageException;
import io.weft.protocol.v1.EnrolRequest;
import io.weft.protocol.v1.EnrolResponse;
import io.weft.protocol.v1.EnrolmentGrpc;
import io.weft.protocol.v1.RenewRequest;
import io.weft.protocol.v1.RenewResponse;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC face of {@link CertificateIssue}. */
final class EnrolmentService extends EnrolmentGrpc.EnrolmentImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentService.class);
    private static final Context.Key<Peer> PEER = Context.key("peer");

    private record Peer(List<X509Certificate> chain, String address) {}

    private final CertificateIssue issue;
    private final Supplier<Authority> hubAuthority;
    private final Supplier<String> hubId;

    EnrolmentService(CertificateIssue issue, Supplier<Authority> hubAuthority, Supplier<String> hubId) {
        this.issue = issue;
        this.hubAuthority = hubAuthority;
        this.hubId = hubId;
    }

    @Override
    public void enrol(EnrolRequest request, StreamObserver<EnrolResponse> answer) {
        answer(answer, () -> {
            Issued issued = issue.enrol(
                    request.getJoinToken(),
                    request.getClusterUid(),
                    bytes(request.getCsrDer()),
                    PEER.get().address());
            return EnrolResponse.newBuilder()
                    .setCertificateChainPem(pem(issued.certificate()))
                    .setCaPem(pem(hubAuthority.get().certificate()))
                    .setHubId(hubId.get())
                    .setTenant(issued.tenant().value())
                    .setCluster(issued.cluster().value())
                    .build();
        });
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
        answer(answer, () -> {
            Issued issued = issue.renew(
                    PEER.get().chain(), bytes(request.getCsrDer()), PEER.get().address());
            return RenewResponse.newBuilder()
                    .setCertificateChainPem(pem(issued.certificate()))
                    .setCaPem(pem(hubAuthority.get().certificate()))
                    .build();
        });
    }

    private static <T> void answer(StreamObserver<T> observer, Callable<T> work) {
        try {
            observer.onNext(work.call());
            observer.onCompleted();
        } catch (EnrolmentRefusedException e) {
            observer.onError(
                    Status.PERMISSION_DENIED.withDescription(e.getMessage()).asRuntimeException());
        } catch (StorageException | org.springframework.dao.DataAccessException e) {
            LOG.warn("enrolment: {}", e.getMessage());
            observer.onError(Status.UNAVAILABLE
                    .withDescription("the hub's database cannot be reached; try again")
                    .asRuntimeException());
        } catch (Exception e) {
            LOG.error("enrolment failed", e);
            observer.onError(Status.INTERNAL
                    .withDescription("the hub failed; its log says why")
                    .asRuntimeException());
        }
    }

    private static byte[] bytes(ByteString text) {
        return text.toByteArray();
    }

    static String pem(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps who is at the other end for the methods above; those calls are all that see it. */
    static final class PeerInterceptor implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Peer peer = new Peer(
                    chain(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
                    call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address
                            ? address.getAddress().getHostAddress()
                            : "");
            return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
        }

        private static List<X509Certificate> chain(@org.jspecify.annotations.Nullable SSLSession session) {
            if (session == null) return List.of();
            try {
                return Arrays.stream(session.getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toList();
            } catch (SSLPeerUnverifiedException e) {
                return List.of(); // An agent that joins has no certificate yet.
            }
        }
    }
}
