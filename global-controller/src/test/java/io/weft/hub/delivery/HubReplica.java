package io.weft.hub.delivery;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.weft.hub.TestDatabase;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.clusters.SessionIdentity;
import io.weft.hub.inventory.ClusterInventory;
import io.weft.hub.inventory.PostgresInventoryStore;
import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.PostgresLogStore;
import io.weft.hub.world.Replicas;
import io.weft.policy.model.TenantId;
import io.weft.protocol.SessionLimits;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One replica of the hub without its web side, over PostgreSQL; who connects is told beforehand instead of by TLS. */
final class HubReplica implements AutoCloseable {
    private final HikariDataSource pool;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<ScheduledFuture<?>> repeated;
    private final AutoCloseable hints;
    private final Server server;
    private final ManagedChannel channel;
    private final BlockingQueue<SessionIdentity> next = new LinkedBlockingQueue<>();

    final PostgresLogStore store;
    final Replicas replicas;
    final DeliveryStatus status;
    final Sessions sessions;
    final LivenessWatch liveness;

    HubReplica(TestDatabase database, String name) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.as(TestDatabase.APP));
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
        JdbcTenantTransaction transaction = new JdbcTenantTransaction(pool);
        store = new PostgresLogStore(pool, database.as(TestDatabase.APP), (c, tenant, event, records) -> {});
        replicas = new Replicas(store, threads, InstantSource.system());
        hints = store.listen(replicas);
        PostgresProgressStore progress = new PostgresProgressStore(transaction, pool, name);
        ProgressBook book = new ProgressBook(progress);
        status = new DeliveryStatus(replicas, book);
        sessions = new Sessions(InstantSource.system());
        liveness = new LivenessWatch(
                new SessionRows(transaction),
                replicas,
                new LivenessJudge(Duration.ofMillis(300), Duration.ofMillis(1_500), 3),
                Duration.ofHours(1));
        repeated = List.of(
                repeat(1_000, replicas::poll),
                repeat(1_000, sessions::tick),
                repeat(100, book::flush),
                repeat(3_000, () -> progress.renewLease(Duration.ofSeconds(10))));
        PostgresInventoryStore inventory = new PostgresInventoryStore(transaction);
        ClusterInventory.Factory inventories =
                (replica, cluster, epoch) -> new ClusterInventory(inventory, replica, cluster, epoch);
        AgentService agents = new AgentService(
                new Announced(),
                sessions,
                new NothingNoted(),
                tenant -> new ClusterDelivery.World(
                        store,
                        replicas.of(tenant),
                        replicas.compiler(tenant),
                        inventories,
                        book,
                        InstantSource.system(),
                        threads,
                        SessionLimits.DEFAULT.settling(Duration.ZERO)),
                (identity, address, code, reason) -> {});
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(threads)
                .addService(agents)
                .build()
                .start();
        channel = Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
                .executor(threads)
                .build();
    }

    private interface Repeated {
        void run() throws Exception;
    }

    private ScheduledFuture<?> repeat(long millis, Repeated task) {
        return timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (Exception storageIsAway) {
                        System.out.println("later: " + storageIsAway);
                    }
                },
                1,
                millis,
                TimeUnit.MILLISECONDS);
    }

    void connect(FakeAgent agent, TenantId tenant) {
        next.add(agent.identity(tenant));
        agent.connect(channel);
        Awaitility.await().until(next::isEmpty); // else the stream after this might take it
    }

    private static final class NothingNoted implements RefusedAttempts {
        @Override
        public void note(TenantId tenant, AuditEvent event) {}

        @Override
        public void noteStranger(String action, String source, String reason) {}
    }

    private final class Announced implements SessionAuthenticator {
        @Override
        public SessionIdentity authenticate(List<X509Certificate> chain) throws RefusedIdentityException {
            try {
                SessionIdentity identity = next.poll(5, TimeUnit.SECONDS);
                if (identity == null) throw new RefusedIdentityException("nobody was announced");
                return identity;
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }

        @Override
        public AutoCloseable listen(Revocations listener) {
            return () -> {};
        }
    }

    @Override
    public void close() throws Exception {
        channel.shutdownNow();
        server.shutdownNow();
        repeated.forEach(task -> task.cancel(true));
        timer.shutdownNow();
        hints.close();
        store.close();
        threads.shutdownNow();
        pool.close();
    }
}
