package io.weft.hub.clusters;

import com.google.protobuf.ByteString;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import io.weft.protocol.HubSession;
import io.weft.protocol.v1.AgentGatewayGrpc;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.EnrolRequest;
import io.weft.protocol.v1.EnrolResponse;
import io.weft.protocol.v1.EnrolmentGrpc;
import io.weft.protocol.v1.Hello;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.RenewRequest;
import io.weft.protocol.v1.RenewResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** An agent's side of enrolment: a key of its own, and calls with or without a client certificate. */
public final class Joiner {
    private final int port;
    private final String caPem;
    private final KeyPair key = newKey();

    public Joiner(int port, String caPem) {
        this.port = port;
        this.caPem = caPem;
    }

    public EnrolResponse enrol(String joinToken, String clusterUid) {
        return call(
                null,
                null,
                channel -> EnrolmentGrpc.newBlockingStub(channel)
                        .enrol(EnrolRequest.newBuilder()
                                .setJoinToken(joinToken)
                                .setClusterUid(clusterUid)
                                .setCsrDer(ByteString.copyFrom(csr(key)))
                                .build()));
    }

    /** Renews with the certificate given, for the key that it had. */
    public RenewResponse renew(String certificatePem) {
        return renew(certificatePem, key.getPrivate());
    }

    public RenewResponse renew(String certificatePem, PrivateKey privateKey) {
        return call(
                certificatePem,
                privateKey,
                channel -> EnrolmentGrpc.newBlockingStub(channel)
                        .renew(RenewRequest.newBuilder()
                                .setCsrDer(ByteString.copyFrom(csr(newKey())))
                                .build()));
    }

    /**
     * Opens a session with the certificate given and says who it is.
     *
     * @return how the hub ended it, with a goodbye or a status
     */
    public String session(String certificatePem, String clusterUid) {
        return call(certificatePem, key.getPrivate(), channel -> {
            CompletableFuture<String> end = new CompletableFuture<>();
            var agent = AgentGatewayGrpc.newStub(channel).session(new StreamObserver<HubMessage>() {
                @Override
                public void onNext(HubMessage message) {
                    if (message.hasGoodbye()) end.complete(message.getGoodbye().getReason());
                    if (message.hasWelcome()) end.complete("welcome");
                }

                @Override
                public void onError(Throwable refused) {
                    end.complete(String.valueOf(refused.getMessage()));
                }

                @Override
                public void onCompleted() {
                    end.complete("no word");
                }
            });
            agent.onNext(AgentMessage.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setClusterUid(clusterUid)
                            .setProtocolVersion(HubSession.PROTOCOL_VERSION))
                    .build());
            return end.orTimeout(20, TimeUnit.SECONDS).join();
        });
    }

    public KeyPair key() {
        return key;
    }

    private <T> T call(
            @Nullable String certificatePem, @Nullable PrivateKey privateKey, Function<ManagedChannel, T> call) {
        ManagedChannel channel = null;
        try {
            TlsChannelCredentials.Builder tls =
                    TlsChannelCredentials.newBuilder().trustManager(stream(caPem));
            if (certificatePem != null && privateKey != null) {
                tls.keyManager(stream(certificatePem), stream(pem("PRIVATE KEY", privateKey.getEncoded())));
            }
            channel = Grpc.newChannelBuilder("localhost:" + port, tls.build()).build();
            return call.apply(channel);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            if (channel != null) channel.shutdownNow();
        }
    }

    public static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] csr(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=agent"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
