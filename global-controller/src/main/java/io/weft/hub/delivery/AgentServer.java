package io.weft.hub.delivery;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.TlsServerCredentials;
import io.weft.hub.clusters.AgentTls;
import io.weft.protocol.SessionLimits;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The port that agents dial: mutual TLS, a half-open link found within 15 s. */
public final class AgentServer implements AutoCloseable {
    private final Server server;
    private final Sessions sessions;

    private AgentServer(Server server, Sessions sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    /**
     * @param port 0 takes any free one
     * @param others services on the same port: enrolment
     * @param threads virtual ones; calls block in them
     */
    public static AgentServer start(
            int port,
            AgentTls tls,
            AgentService agents,
            Sessions sessions,
            List<ServerServiceDefinition> others,
            SessionLimits limits,
            ExecutorService threads)
            throws IOException {
        var credentials = TlsServerCredentials.newBuilder()
                .keyManager(tls.keyManager())
                .trustManager(tls.trustManager())
                .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                .build();
        var builder = Grpc.newServerBuilderForPort(port, credentials)
                .executor(threads)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxInboundMessageSize(limits.messageBytes())
                .addService(ServerInterceptors.intercept(agents, new AgentService.Certificates()));
        others.forEach(builder::addService);
        return new AgentServer(builder.build().start(), sessions);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        sessions.endAll();
        server.shutdown();
        try {
            if (!server.awaitTermination(2, TimeUnit.SECONDS)) server.shutdownNow();
        } catch (InterruptedException stop) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
