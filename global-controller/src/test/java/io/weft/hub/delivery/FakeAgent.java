package io.weft.hub.delivery;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.weft.hub.clusters.SessionIdentity;
import io.weft.policy.Samples;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Hash;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentEvent;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.AgentSession;
import io.weft.protocol.Digest;
import io.weft.protocol.Held;
import io.weft.protocol.ReportItems;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.Transfer;
import io.weft.protocol.v1.AgentGatewayGrpc;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GatewayEndpoint;
import io.weft.protocol.v1.GatewayItem;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.KindHash;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.MeshItem;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.ObjectRefusal;
import io.weft.protocol.v1.PortProtocol;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RefusalCode;
import io.weft.protocol.v1.RemoveObject;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import io.weft.protocol.v1.ServiceItem;
import io.weft.protocol.v1.ServicePort;
import io.weft.protocol.v1.VersionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The shipped agent's end of the protocol over a cluster that is a map. */
final class FakeAgent {
    private final ClusterName cluster;
    private final AgentIdentity identity;
    private final Map<ReportKind, SortedMap<String, ReportItem>> reported = new EnumMap<>(ReportKind.class);
    private Map<ObjectKey, BundleObject> objects = new HashMap<>();
    private Held held = Held.NOTHING;
    private @Nullable AgentSession session;
    private @Nullable StreamObserver<AgentMessage> up;
    private @Nullable Stream stream;

    final List<Digest> transfers = new CopyOnWriteArrayList<>();
    volatile Predicate<String> refuses = key -> false;
    volatile @Nullable GoodbyeCode goodbye;
    volatile @Nullable Throwable broken;
    volatile boolean welcomed;
    /** Why nodes cannot be listed; empty: they can. */
    volatile String nodesUnreadable = "";

    FakeAgent(ClusterName cluster, String hubId, String... capabilities) {
        this.cluster = cluster;
        this.identity = new AgentIdentity(uid(cluster), hubId, "test", "i-1", List.of(capabilities));
        for (ReportKind kind : ReportKind.values()) {
            if (kind != ReportKind.UNRECOGNIZED && kind.getNumber() >= 1 && kind.getNumber() <= 7) {
                reported.put(kind, new TreeMap<>());
            }
        }
    }

    private static String uid(ClusterName cluster) {
        return "uid-" + cluster;
    }

    SessionIdentity identity(io.weft.policy.model.TenantId tenant) {
        return new SessionIdentity(tenant, cluster, uid(cluster), Samples.START, Instant.MAX);
    }

    /** The namespace {@code shop} with these services in version {@code v1}, a gateway and a mesh. */
    void has(String... services) {
        put(
                ReportKind.REPORT_KIND_NAMESPACE,
                "shop",
                item -> item.setNamespace(NamespaceItem.newBuilder().setName("shop")));
        put(
                ReportKind.REPORT_KIND_MESH,
                "istio",
                item -> item.setMesh(MeshItem.newBuilder()
                        .setMesh("istio")
                        .setVersion("1.27.1")
                        .setNetwork(cluster.value())
                        .setTrustDomain("cluster.local")
                        .setRootNamespace("istio-system")
                        .setDnsCapture(true)));
        put(
                ReportKind.REPORT_KIND_GATEWAY,
                "istio-system/gateway",
                item -> item.setGateway(GatewayItem.newBuilder()
                        .setNamespace("istio-system")
                        .setName("gateway")
                        .putSelector("istio", "eastwestgateway")
                        .addAddresses(GatewayEndpoint.newBuilder()
                                .setAddress(cluster.equals(Samples.EAST) ? "192.0.2.1" : "192.0.2.2")
                                .setPort(15443))));
        for (String service : services) {
            put(
                    ReportKind.REPORT_KIND_SERVICE,
                    "shop/" + service,
                    item -> item.setService(ServiceItem.newBuilder()
                            .setNamespace("shop")
                            .setName(service)
                            .putSelector("app", service)
                            .addPorts(ServicePort.newBuilder()
                                    .setNumber(80)
                                    .setName("http")
                                    .setProtocol(PortProtocol.PORT_PROTOCOL_HTTP)
                                    .setTargetPort(8080))));
            put(
                    ReportKind.REPORT_KIND_VERSION,
                    "shop/" + service + "/v1",
                    item -> item.setVersion(VersionItem.newBuilder()
                            .setNamespace("shop")
                            .setService(service)
                            .setVersion("v1")
                            .addServiceAccounts("default")
                            .setMeshed(true)
                            .setReady(2)
                            .setDesired(2)));
        }
    }

    interface Fill {
        ReportItem.Builder into(ReportItem.Builder item);
    }

    synchronized void put(ReportKind kind, String key, Fill fill) {
        ReportItem item = ReportItems.sealed(fill.into(ReportItem.newBuilder().setKey(key)));
        reported.computeIfAbsent(kind, k -> new TreeMap<>()).put(key, item);
    }

    synchronized void connect(Channel channel) {
        goodbye = null;
        broken = null;
        welcomed = false;
        session = new AgentSession(identity, held, SessionLimits.DEFAULT);
        Stream opened = new Stream();
        stream = opened;
        up = AgentGatewayGrpc.newStub(channel).session(opened);
        List<KindHash> hashes = new ArrayList<>();
        reported.forEach((kind, items) -> {
            TreeMap<String, Digest> each = new TreeMap<>();
            items.forEach((key, item) -> each.put(key, new Digest(item.getHash())));
            hashes.add(KindHash.newBuilder()
                    .setKind(kind)
                    .setHash(ReportItems.ofKind(each).bytes())
                    .build());
        });
        on(new AgentEvent.Connected(Instant.now(), hashes));
    }

    /** Forgets the stream without a word, as a link does that was cut. */
    synchronized void vanish() {
        session = null;
        up = null;
        stream = null;
    }

    synchronized void serviceComes(String service) {
        has(service);
        for (ReportKind kind : List.of(ReportKind.REPORT_KIND_SERVICE, ReportKind.REPORT_KIND_VERSION)) {
            List<ReportItem> items = reported.getOrDefault(kind, new TreeMap<>()).values().stream()
                    .filter(item -> item.getKey().startsWith("shop/" + service))
                    .toList();
            on(new AgentEvent.Observed(Instant.now(), kind, items, List.of()));
        }
    }

    /** Tells the hub what it has of a kind. */
    synchronized void report(ReportKind kind) {
        on(new AgentEvent.Observed(
                Instant.now(),
                kind,
                List.copyOf(reported.getOrDefault(kind, new TreeMap<>()).values()),
                List.of()));
    }

    void tellLive() {
        tell(Live.newBuilder().setState(LiveState.LIVE_STATE_LIVE));
    }

    /** Of the bundle that is held. */
    synchronized void tell(Live.Builder live) {
        live.setVersion(held.version().bytes())
                .setIncarnation(held.place().incarnation())
                .setPosition(held.place().position());
        on(new AgentEvent.LiveRead(Instant.now(), live.build()));
    }

    /** As the agent tries again by itself what was refused. */
    synchronized void retry() {
        outcome(new AgentEvent.Tally(0, 0, 0));
    }

    synchronized Digest version() {
        return held.version();
    }

    synchronized boolean applied() {
        return held.state() == HeldState.HELD_STATE_APPLIED;
    }

    synchronized Held held() {
        return held;
    }

    synchronized List<String> keys() {
        return objects.keySet().stream().map(ObjectKey::toString).sorted().toList();
    }

    /** The newest only is heard: what an older one still says would be taken for an answer to the newer one's words. */
    private final class Stream implements StreamObserver<HubMessage> {
        @Override
        public void onNext(HubMessage message) {
            synchronized (FakeAgent.this) {
                if (stream == this) on(new AgentEvent.Received(Instant.now(), message));
            }
        }

        @Override
        public void onError(Throwable failure) {
            synchronized (FakeAgent.this) {
                if (stream == this) broken = failure;
            }
        }

        @Override
        public void onCompleted() {}
    }

    private void on(AgentEvent event) {
        AgentSession talking = session;
        if (talking == null) return;
        for (AgentEffect effect : talking.on(event)) {
            switch (effect) {
                case AgentEffect.Send send -> {
                    if (up != null) up.onNext(send.message());
                }
                case AgentEffect.Welcomed w -> welcomed = true;
                case AgentEffect.Verify verify -> verify(verify.transfer());
                case AgentEffect.Persist persist -> persist(persist.transfer());
                case AgentEffect.Apply apply -> apply();
                case AgentEffect.TakeSnapshot take ->
                    take.kinds()
                            .forEach(kind -> on(new AgentEvent.Listed(
                                    Instant.now(),
                                    kind,
                                    List.copyOf(reported.getOrDefault(kind, new TreeMap<>())
                                            .values()),
                                    kind == ReportKind.REPORT_KIND_NODE ? nodesUnreadable : "")));
                case AgentEffect.End end -> {
                    goodbye = end.code();
                    if (up != null) up.onCompleted();
                }
            }
        }
    }

    private Map<ObjectKey, BundleObject> after(Transfer transfer) {
        Map<ObjectKey, BundleObject> all = transfer.from().isNone() ? new HashMap<>() : new HashMap<>(objects);
        for (RemoveObject removal : transfer.difference().removals()) all.remove(ObjectKey.parse(removal.getKey()));
        for (PutObject put : transfer.difference().puts()) {
            ObjectKey key = ObjectKey.parse(put.getKey());
            Layer layer = put.getLayer() == ObjectLayer.OBJECT_LAYER_RECEIVE ? Layer.RECEIVE : Layer.SEND;
            all.put(
                    key,
                    BundleObject.of(key, layer, put.getRank(), put.getJson().toByteArray()));
        }
        return all;
    }

    private void verify(Transfer transfer) {
        Hash found = Bundle.of(after(transfer).values()).version();
        Digest digest = Digest.ofHex(found.hex());
        on(
                digest.equals(transfer.version())
                        ? new AgentEvent.Verified(Instant.now())
                        : new AgentEvent.VersionDiffers(Instant.now(), digest));
    }

    private void persist(Transfer transfer) {
        if (transfer.place().isBefore(held.place())) throw new AssertionError("went back to " + transfer.place());
        objects = after(transfer);
        TreeMap<String, Digest> hashes = new TreeMap<>();
        objects.forEach((key, object) ->
                hashes.put(key.toString(), Digest.ofHex(object.hash().hex())));
        held = new Held(
                transfer.place(),
                transfer.positionHash(),
                transfer.version(),
                HeldState.HELD_STATE_PENDING,
                List.of(),
                hashes);
        transfers.add(transfer.version());
        on(new AgentEvent.Persisted(Instant.now()));
    }

    private void apply() {
        outcome(new AgentEvent.Tally(objects.size(), 0, 0));
    }

    private void outcome(AgentEvent.Tally tally) {
        List<ObjectRefusal> refusals = objects.keySet().stream()
                .map(ObjectKey::toString)
                .filter(refuses)
                .map(key -> ObjectRefusal.newBuilder()
                        .setKey(key)
                        .setCode(RefusalCode.REFUSAL_CODE_INVALID)
                        .setReason("no")
                        .build())
                .toList();
        HeldState state = refusals.isEmpty() ? HeldState.HELD_STATE_APPLIED : HeldState.HELD_STATE_REFUSED;
        held = new Held(held.place(), held.positionHash(), held.version(), state, refusals, held.objects());
        on(new AgentEvent.Outcome(Instant.now(), held.version(), tally, refusals));
    }
}
