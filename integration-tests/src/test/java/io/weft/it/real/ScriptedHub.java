package io.weft.it.real;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Canonical;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.AgentGatewayGrpc;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.DriftItem;
import io.weft.protocol.v1.EnrolRequest;
import io.weft.protocol.v1.EnrolResponse;
import io.weft.protocol.v1.EnrolmentGrpc;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.RenewRequest;
import io.weft.protocol.v1.RenewResponse;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hub whose bundle is what the test says: the shipped session of the hub's side behind real TLS, without a database.
 * Remembers everything that the agent told.
 */
final class ScriptedHub implements AutoCloseable {
    static final String HUB_ID = "scripted-hub";
    static final String JOIN_TOKEN = "weft_join_scripted";

    private final CertificateAuthority authority = CertificateAuthority.root("CN=scripted hub");
    private final List<ScriptedSession> sessions = new CopyOnWriteArrayList<>();
    private final Map<ReportKind, SortedMap<String, ReportItem>> reported = new EnumMap<>(ReportKind.class);
    private final Map<ReportKind, String> incomplete = new HashMap<>();
    private final List<DriftItem> drift = new ArrayList<>();
    private final AtomicInteger enrolments = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("scripted-hub-", 0).factory());
    private final Duration certificateLife;
    private final int port;

    private Bundle bundle = Bundle.EMPTY;
    private long position;
    private String applied = "";
    private List<ObjectRefusal> refusals = List.of();
    private @Nullable Live live;
    private List<String> capabilities = List.of();
    private @Nullable Server server;

    ScriptedHub() {
        this(Duration.ofHours(24));
    }

    ScriptedHub(Duration certificateLife) {
        this.certificateLife = certificateLife;
        this.port = Place.loopback().firstPort();
        start();
        var unused =
                timer.scheduleWithFixedDelay(() -> sessions.forEach(ScriptedSession::tick), 1, 1, TimeUnit.SECONDS);
    }

    /** Again, on the same port. */
    void start() {
        var issued = authority.server("CN=hub", List.of("127.0.0.1"), List.of("localhost"));
        try {
            var tls = GrpcSslContexts.forServer(stream(issued.certificate()), stream(issued.key()))
                    .trustManager(authority.certificate())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .build();
            server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                    .sslContext(tls)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .addService(new Gateway())
                    .addService(new Joining())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if its machine had gone. */
    void stop() {
        Server running = server;
        server = null;
        if (running != null) running.shutdownNow();
        sessions.clear();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    String authorityPem() {
        return authority.certificatePem();
    }

    /** Every cluster should have exactly these now; ranks are the order given. */
    void serve(String... objects) {
        List<BundleObject> all = new ArrayList<>();
        for (String text : objects) {
            JsonNode json = JsonMapper.shared().readTree(text);
            JsonNode metadata = json.path("metadata");
            ObjectKey key = new ObjectKey(
                    json.path("apiVersion").asString(),
                    json.path("kind").asString(),
                    metadata.path("namespace").asString(),
                    metadata.path("name").asString());
            all.add(BundleObject.of(key, Layer.SEND, all.size() + 1, Canonical.bytes(json)));
        }
        synchronized (this) {
            bundle = Bundle.of(all);
            position++;
        }
        sessions.forEach(ScriptedSession::bundleChanged);
    }

    synchronized ScriptedTarget target() {
        return new ScriptedTarget(bundle, position);
    }

    /** Whether the agent said that the newest bundle is wholly in force. */
    synchronized boolean inForce() {
        return applied.equals(bundle.version().hex()) && refusals.isEmpty();
    }

    /** What the agent refused of the newest bundle. */
    synchronized List<ObjectRefusal> refusals() {
        return applied.equals(bundle.version().hex()) ? refusals : List.of();
    }

    synchronized SortedMap<String, ReportItem> reported(ReportKind kind) {
        return new TreeMap<>(reported.getOrDefault(kind, new TreeMap<>()));
    }

    /** Why the agent said that its last snapshot was not complete; empty when it was. */
    synchronized String incomplete(ReportKind kind) {
        return incomplete.getOrDefault(kind, "nothing was said");
    }

    synchronized List<DriftItem> drift() {
        return List.copyOf(drift);
    }

    synchronized @Nullable Live live() {
        return live;
    }

    /** Whether the agent said that every proxy has the newest bundle. */
    synchronized boolean everywhere() {
        return live != null
                && live.getState() == LiveState.LIVE_STATE_LIVE
                && new Digest(live.getVersion()).hex().equals(bundle.version().hex());
    }

    /** What the agent said that it can do. */
    synchronized List<String> capabilities() {
        return capabilities;
    }

    synchronized void capabilities(List<String> said) {
        capabilities = List.copyOf(said);
    }

    int enrolments() {
        return enrolments.get();
    }

    int renewals() {
        return renewals.get();
    }

    boolean connected() {
        return sessions.stream().anyMatch(ScriptedSession::welcomed);
    }

    synchronized void outcome(ScriptedTarget target, List<ObjectRefusal> refused) {
        applied = target.version().hex();
        refusals = refused;
    }

    synchronized void snapshot(ReportKind kind, List<ReportItem> items, String reason) {
        SortedMap<String, ReportItem> known = reported.computeIfAbsent(kind, each -> new TreeMap<>());
        if (reason.isEmpty()) known.clear();
        items.forEach(item -> known.put(item.getKey(), item));
        incomplete.put(kind, reason);
    }

    synchronized void change(ReportKind kind, List<ReportItem> puts, List<String> removals) {
        SortedMap<String, ReportItem> known = reported.computeIfAbsent(kind, each -> new TreeMap<>());
        puts.forEach(item -> known.put(item.getKey(), item));
        removals.forEach(known::remove);
    }

    synchronized void drifted(List<DriftItem> items) {
        drift.addAll(items);
    }

    synchronized void live(Live said) {
        live = said;
    }

    void ended(ScriptedSession session) {
        sessions.remove(session);
    }

    private final class Gateway extends AgentGatewayGrpc.AgentGatewayImplBase {
        @Override
        public StreamObserver<AgentMessage> session(StreamObserver<HubMessage> agent) {
            ScriptedSession session = new ScriptedSession(ScriptedHub.this, agent);
            sessions.add(session);
            return session;
        }
    }

    private final class Joining extends EnrolmentGrpc.EnrolmentImplBase {
        @Override
        public void enrol(EnrolRequest request, StreamObserver<EnrolResponse> answer) {
            if (!request.getJoinToken().equals(JOIN_TOKEN)) {
                answer.onError(Status.PERMISSION_DENIED
                        .withDescription("join token: not valid")
                        .asRuntimeException());
                return;
            }
            enrolments.incrementAndGet();
            answer.onNext(EnrolResponse.newBuilder()
                    .setCertificateChainPem(authority.client(request.getCsrDer().toByteArray(), certificateLife))
                    .setCaPem(authority.certificatePem())
                    .setHubId(HUB_ID)
                    .setTenant("acme")
                    .setCluster("east")
                    .build());
            answer.onCompleted();
        }

        @Override
        public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
            renewals.incrementAndGet();
            answer.onNext(RenewResponse.newBuilder()
                    .setCertificateChainPem(authority.client(request.getCsrDer().toByteArray(), certificateLife))
                    .setCaPem(authority.certificatePem())
                    .build());
            answer.onCompleted();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stop();
    }
}
