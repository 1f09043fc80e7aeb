package io.weft.agent.link;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.weft.protocol.v1.EnrolRequest;
import io.weft.protocol.v1.EnrolResponse;
import io.weft.protocol.v1.EnrolmentGrpc;
import io.weft.protocol.v1.RenewRequest;
import io.weft.protocol.v1.RenewResponse;
import java.io.IOException;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;

/** Gets the client certificate and keeps it young. Methods block; keys are made here and never leave. */
final class Enroller {
    private static final int PATIENCE_SECONDS = 15;

    private final IdentityStore store;
    private final String clusterUid;
    private final String agentVersion;

    Enroller(IdentityStore store, String clusterUid, String agentVersion) {
        this.store = store;
        this.clusterUid = clusterUid;
        this.agentVersion = agentVersion;
    }

    LinkIdentity enrol(HubAddress address, String hubCa, String joinToken) throws IOException {
        KeyPair pair = store.enrollingKey();
        EnrolRequest request = EnrolRequest.newBuilder()
                .setJoinToken(joinToken)
                .setClusterUid(clusterUid)
                .setCsrDer(ByteString.copyFrom(Pem.request(pair)))
                .setAgentVersion(agentVersion)
                .build();
        ManagedChannel channel = Channels.open(address, hubCa, null);
        try {
            EnrolResponse response = stub(channel).enrol(request);
            LinkIdentity identity = new LinkIdentity(
                    pair.getPrivate(),
                    Pem.certificates(response.getCertificateChainPem()),
                    response.getCaPem().isBlank() ? hubCa : response.getCaPem(),
                    response.getHubId(),
                    response.getTenant(),
                    response.getCluster());
            store.save(identity);
            store.enrolled();
            return identity;
        } catch (StatusRuntimeException e) {
            throw new IOException("enrolment: " + e.getStatus(), e);
        } finally {
            channel.shutdownNow();
        }
    }

    LinkIdentity renew(HubAddress address, LinkIdentity old) throws IOException {
        KeyPair pair = Pem.newKey();
        RenewRequest request = RenewRequest.newBuilder()
                .setCsrDer(ByteString.copyFrom(Pem.request(pair)))
                .build();
        ManagedChannel channel = Channels.open(address, old.hubCa(), old);
        try {
            RenewResponse response = stub(channel).renew(request);
            LinkIdentity identity = new LinkIdentity(
                    pair.getPrivate(),
                    Pem.certificates(response.getCertificateChainPem()),
                    response.getCaPem().isBlank() ? old.hubCa() : response.getCaPem(),
                    old.hubId(),
                    old.tenant(),
                    old.cluster());
            store.save(identity);
            return identity;
        } catch (StatusRuntimeException e) {
            throw new IOException("renewal: " + e.getStatus(), e);
        } finally {
            channel.shutdownNow();
        }
    }

    private static EnrolmentGrpc.EnrolmentBlockingStub stub(ManagedChannel channel) {
        return EnrolmentGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
