package io.weft.agent.link;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.weft.protocol.SessionLimits;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes channels to the hub, each for one session: what a channel trusts and presents never changes under it. */
final class Channels {
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int KEEP_ALIVE_PATIENCE_SECONDS = 5;

    private Channels() {}

    /** @param identity null: present no certificate, which only enrolling can do with */
    static ManagedChannel open(HubAddress address, String hubCa, @Nullable LinkIdentity identity) throws IOException {
        List<X509Certificate> trusted = Pem.certificates(hubCa);
        SslContextBuilder tls = GrpcSslContexts.forClient().trustManager(trusted.toArray(X509Certificate[]::new));
        if (identity != null) {
            tls.keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new));
        }
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                .sslContext(tls.build())
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(SessionLimits.DEFAULT.messageBytes())
                .disableRetry()
                .build();
    }
}
