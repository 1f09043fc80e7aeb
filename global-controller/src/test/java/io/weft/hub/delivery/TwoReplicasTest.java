package io.weft.hub.delivery;

import static io.weft.policy.Samples.EAST;
import static io.weft.policy.Samples.SHOP;
import static io.weft.policy.Samples.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weft.hub.TestDatabase;
import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.Decision;
import io.weft.policy.Samples;
import io.weft.policy.compile.ScratchCompiler;
import io.weft.policy.image.GatewayName;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogEntry.Changed;
import io.weft.policy.image.LogEntry.Released;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import io.weft.policy.model.TenantId;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.Live;
import io.weft.protocol.v1.LiveState;
import io.weft.protocol.v1.ProxyLive;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Written on one replica, delivered by the other, over PostgreSQL; a second tenant beside it. */
class TwoReplicasTest {
    private static int count;
    private static TestDatabase database;
    private static HubReplica a;
    private static HubReplica b;

    private TenantId tenant;
    private TenantId other;
    private FakeAgent east;
    private FakeAgent west;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.migrated();
        a = new HubReplica(database, "a");
        b = new HubReplica(database, "b");
    }

    @AfterAll
    static void stop() throws Exception {
        a.close();
        b.close();
    }

    @BeforeEach
    void twoClustersOfTwoTenants() {
        tenant = new TenantId("acme-" + ++count);
        other = new TenantId("globex-" + count);
        for (TenantId each : List.of(tenant, other)) {
            a.store.create(each);
            put(each, revision -> Samples.cluster(EAST, revision));
            put(each, revision -> Samples.cluster(WEST, revision));
            put(each, Samples::shop);
        }
        east = agent(EAST, "cart");
        west = agent(WEST, "cart");
    }

    private static FakeAgent agent(ClusterName cluster, String... services) {
        FakeAgent agent = new FakeAgent(cluster, a.store.hubId());
        agent.has(services);
        return agent;
    }

    private static long put(TenantId tenant, LongFunction<Resource> resource) {
        return put(a, tenant, resource);
    }

    /** Writes and releases at once, as the API does; answers the position. */
    private static long put(HubReplica at, TenantId tenant, LongFunction<Resource> resource) {
        return at.replicas
                .of(tenant)
                .propose(image -> {
                    long revision = image.revision() + 1;
                    Resource put = resource.apply(revision);
                    LogEntry changed =
                            new Changed(revision, "ada", List.of(put), new TreeSet<ResourceKey>(), new TreeMap<>());
                    LogEntry released = new Released(put.key().scope(), revision, new TreeMap<>());
                    return new Decision<>(
                            new Proposal(
                                    List.of(changed, released),
                                    image.position(),
                                    OptionalLong.of(image.revision()),
                                    List.of()),
                            image.position() + 2);
                })
                .answer();
    }

    private static Resource route(long revision, int share) {
        return Samples.route(
                SHOP, "cart", "cart", revision, Samples.preferring(EAST, share), Samples.preferring(WEST, 100 - share));
    }

    private static Digest wanted(HubReplica at, TenantId tenant, ClusterName cluster) {
        TenantImage image = at.replicas.of(tenant).catchUp();
        return Digest.ofHex(
                ScratchCompiler.compile(image, cluster).bundle().version().hex());
    }

    private void settled(HubReplica at, FakeAgent... agents) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(StorageException.class)
                .untilAsserted(() -> {
                    for (FakeAgent agent : agents) {
                        ClusterName cluster = agent == east ? EAST : WEST;
                        assertThat(agent.broken).isNull();
                        assertThat(agent.version()).isEqualTo(wanted(at, tenant, cluster));
                        assertThat(agent.applied()).isTrue();
                        // Before, one more bundle follows for the others.
                        assertThat(at.replicas
                                        .of(tenant)
                                        .image()
                                        .acknowledged(cluster)
                                        .callable(cartAt(cluster)))
                                .isTrue();
                    }
                });
    }

    private static GatewayName cartAt(ClusterName cluster) {
        return new GatewayName(Samples.CART_HOST, 80, "prefer-" + cluster);
    }

    @Test
    void whatIsWrittenOnOneReplicaReachesTheAgentsOfTheOther() {
        FakeAgent stranger = agent(EAST);
        b.connect(stranger, other);
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        int before = stranger.transfers.size();

        long position = put(tenant, revision -> route(revision, 80));

        settled(b, east, west);
        assertThat(east.keys()).anyMatch(key -> key.contains("|VirtualService|"));
        assertThat(east.held().place().position()).isGreaterThanOrEqualTo(position);
        assertThat(stranger.transfers).hasSize(before);
        assertThat(stranger.keys()).noneMatch(key -> key.contains("cart"));
    }

    @Test
    void theStatusOfAChangeGoesAsFarAsLiveOnEitherReplica() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        long position = put(tenant, revision -> route(revision, 70));
        settled(b, east, west);

        for (HubReplica at : List.of(a, b)) {
            await().untilAsserted(() ->
                    assertThat(status(at, position, EAST).state()).isEqualTo(DeliveryStatus.State.APPLIED));
        }
        east.tellLive();
        for (HubReplica at : List.of(a, b)) {
            await().untilAsserted(
                            () -> assertThat(status(at, position, EAST).state()).isEqualTo(DeliveryStatus.State.LIVE));
            assertThat(status(at, position, EAST).connected()).isTrue();
        }
        assertThat(status(a, position + 1000, EAST).state()).isEqualTo(DeliveryStatus.State.ACCEPTED);
    }

    @Test
    void whyAChangeThatIsAppliedIsNotLiveIsToldOnEitherReplica() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        long position = put(tenant, revision -> route(revision, 60));
        settled(b, east, west);
        var frozen = ProxyLive.newBuilder().setProxy("web-1.web").setDetail("has not acknowledged routes");

        east.tell(Live.newBuilder()
                .setState(LiveState.LIVE_STATE_WAITING)
                .setProxies(7)
                .setWaiting(1)
                .addStragglers(frozen));
        west.tell(Live.newBuilder().setState(LiveState.LIVE_STATE_UNREADABLE).setReason("token: forbidden"));

        for (HubReplica at : List.of(a, b)) {
            await().untilAsserted(() -> assertThat(status(at, position, EAST).reason())
                    .isEqualTo("1 of 7 proxies do not have it; web-1.web has not acknowledged routes"));
            await().untilAsserted(() ->
                    assertThat(status(at, position, WEST).reason()).isEqualTo("token: forbidden"));
            assertThat(status(at, position, EAST).state()).isEqualTo(DeliveryStatus.State.APPLIED);
        }

        b.connect(east, tenant); // what was known of the same bundle is not forgotten
        settled(b, east);
        assertThat(status(b, position, EAST).reason()).startsWith("1 of 7 proxies");
    }

    private DeliveryStatus.OfCluster status(HubReplica at, long position, ClusterName cluster) {
        return Objects.requireNonNull(at.status.of(tenant, position).get(cluster));
    }

    @Test
    void namesCountOnceTheMeshHasThemInForceAndNotWhenTheyWereApplied() {
        FakeAgent reading = new FakeAgent(EAST, a.store.hubId(), ClusterDelivery.READS_LIVE);
        reading.has("cart");
        b.connect(reading, tenant);
        b.connect(west, tenant);
        await().until(() -> reading.keys().stream().anyMatch(key -> key.contains("cart")) && reading.applied());
        await().until(() -> b.replicas.of(tenant).image().acknowledged(WEST).callable(cartAt(WEST)));
        assertThat(b.replicas.of(tenant).image().acknowledged(EAST).answers()).isEmpty();

        await().untilAsserted(() -> {
            reading.tellLive();
            assertThat(b.replicas.of(tenant).image().acknowledged(EAST).callable(cartAt(EAST)))
                    .isTrue();
        });
    }

    @Test
    void aRefusedObjectIsNotAnsweredAndStopsOnlyItself() {
        east.refuses = key -> key.contains("|ServiceEntry|") && key.contains("cart");
        east.has("cart", "stock");
        b.connect(east, tenant);
        await().untilAsserted(() -> assertThat(
                        b.replicas.of(tenant).image().acknowledged(EAST).answers())
                .anyMatch(name -> name.host().equals("stock.shop.example")));

        assertThat(b.replicas.of(tenant).image().acknowledged(EAST).answers())
                .noneMatch(name -> name.host().equals(Samples.CART_HOST));
        assertThat(b.replicas.of(tenant).image().acknowledged(EAST).refusals()).isNotEmpty();
        long position = b.replicas.of(tenant).image().position();
        await().untilAsserted(
                        () -> assertThat(status(b, position, EAST).state()).isEqualTo(DeliveryStatus.State.REFUSED));

        east.refuses = key -> false;
        east.retry();
        await().untilAsserted(() -> assertThat(
                        b.replicas.of(tenant).image().acknowledged(EAST).answers())
                .anyMatch(name -> name.host().equals(Samples.CART_HOST)));
        await().untilAsserted(() -> assertThat(
                        b.replicas.of(tenant).image().acknowledged(EAST).refusals())
                .isEmpty());
    }

    @Test
    void aClusterThatConnectsAnewEndsItsOlderSession() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        FakeAgent twin = agent(EAST, "cart");

        b.connect(twin, tenant);

        await().until(() -> east.goodbye == GoodbyeCode.GOODBYE_CODE_REPLACED);
        await().until(() -> twin.welcomed);
    }

    @Test
    void aSessionAtAnotherReplicaFencesWhatTheOlderOneSays() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        FakeAgent twin = agent(EAST, "cart");
        a.connect(twin, tenant);
        await().until(() -> twin.welcomed);

        east.serviceComes("ghost");

        await().until(() -> east.goodbye == GoodbyeCode.GOODBYE_CODE_REPLACED);
        TenantImage image = a.replicas.of(tenant).catchUp();
        assertThat(image.facts(EAST).services().keySet())
                .noneMatch(id -> id.name().equals("ghost"));
    }

    @Test
    void anAgentThatReturnsWithTheSameBundleIsSentNothing() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);
        int before = east.transfers.size();

        a.connect(east, tenant);
        await().until(() -> east.welcomed);
        put(tenant, revision -> route(revision, 60));
        settled(a, east, west);

        assertThat(east.transfers).hasSize(before + 1);
    }

    @Test
    void agentsStayWhileTheDatabaseIsAway() {
        b.connect(east, tenant);
        b.connect(west, tenant);
        settled(b, east, west);

        database.dropConnections();
        await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> {
            put(tenant, revision -> route(revision, 55));
            return true;
        });

        settled(b, east, west);
        assertThat(east.goodbye).isNull();
        assertThat(west.goodbye).isNull();
    }
}
