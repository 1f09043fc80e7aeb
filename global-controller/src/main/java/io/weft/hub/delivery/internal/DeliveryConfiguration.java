package io.weft.hub.delivery.internal;

import io.grpc.ServerServiceDefinition;
import io.weft.hub.clusters.AgentTls;
import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.ClusterJoining.Cause;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.delivery.AgentPort;
import io.weft.hub.delivery.AgentService;
import io.weft.hub.delivery.AgentSessions;
import io.weft.hub.delivery.ClusterDelivery;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.LivenessJudge;
import io.weft.hub.delivery.LivenessWatch;
import io.weft.hub.delivery.PostgresProgressStore;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.delivery.SessionRows;
import io.weft.hub.delivery.Sessions;
import io.weft.hub.inventory.Brakes;
import io.weft.hub.inventory.ClusterInventory;
import io.weft.hub.inventory.InventoryMoves;
import io.weft.hub.inventory.InventorySearch;
import io.weft.hub.inventory.InventoryStore;
import io.weft.hub.inventory.InventorySummary;
import io.weft.hub.inventory.PostgresInventoryStore;
import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.world.Replicas;
import io.weft.policy.model.TenantId;
import io.weft.protocol.SessionLimits;
import io.weft.protocol.v1.GoodbyeCode;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    @Bean
    InventoryStore inventoryStore(TenantTransaction transaction) {
        return new PostgresInventoryStore(transaction);
    }

    @Bean
    Brakes brakes(InventoryStore store, Replicas replicas) {
        return new Brakes(store, replicas::of);
    }

    @Bean
    PostgresProgressStore progressStore(TenantTransaction transaction, DataSource dataSource) {
        return new PostgresProgressStore(
                transaction, dataSource, UUID.randomUUID().toString());
    }

    @Bean
    ProgressBook progressBook(PostgresProgressStore store) {
        return new ProgressBook(store);
    }

    @Bean
    DeliveryStatus deliveryStatus(Replicas replicas, ProgressBook book) {
        return new DeliveryStatus(replicas, book);
    }

    @Bean
    Sessions sessions(InstantSource clock) {
        return new Sessions(clock);
    }

    @Bean
    LivenessWatch livenessWatch(TenantTransaction transaction, Replicas replicas) {
        return new LivenessWatch(
                new SessionRows(transaction), replicas, LivenessJudge.DEFAULT, AgentLifecycle.LEASE.multipliedBy(2));
    }

    @Bean
    AgentSessions agentSessions(TenantTransaction transaction) {
        return new AgentSessions(transaction);
    }

    @Bean
    InventorySearch inventorySearch(TenantTransaction transaction) {
        return new InventorySearch(transaction);
    }

    @Bean
    InventoryMoves inventoryMoves(TenantTransaction transaction) {
        return new InventoryMoves(transaction);
    }

    @Bean
    InventorySummary inventorySummary(TenantTransaction transaction) {
        return new InventorySummary(transaction);
    }

    /** Only what joining anew or another agent mends; whatever else ends a session is no fault of the agent's. */
    private static AgentService.TurnedAway remembering(ClusterJoining joining, ExecutorService threads) {
        return (identity, address, code, reason) -> {
            Cause cause = code == GoodbyeCode.GOODBYE_CODE_VERSION
                    ? Cause.VERSION
                    : code == GoodbyeCode.GOODBYE_CODE_IDENTITY && reason.startsWith("cluster_uid")
                            ? Cause.OTHER_CLUSTER
                            : null;
            if (cause == null) return;
            threads.execute(() -> joining.turnedAway(identity.tenant(), identity.cluster(), cause, reason, address));
        };
    }

    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    ExecutorService sessionThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("session-", 0).factory());
    }

    @Bean
    AgentPort agentPort(
            HubSettings settings,
            AgentTls tls,
            SessionAuthenticator authenticator,
            ClusterJoining joining,
            Sessions sessions,
            LogStore logs,
            Replicas replicas,
            InventoryStore inventory,
            ProgressBook progress,
            PostgresProgressStore store,
            LivenessWatch liveness,
            RefusedAttempts refused,
            List<ServerServiceDefinition> others,
            @Qualifier("sessionThreads") ExecutorService threads,
            InstantSource clock) {
        ClusterInventory.Factory inventories =
                (replica, cluster, epoch) -> new ClusterInventory(inventory, replica, cluster, epoch);
        Function<TenantId, ClusterDelivery.World> worlds = tenant -> new ClusterDelivery.World(
                logs,
                replicas.of(tenant),
                replicas.compiler(tenant),
                inventories,
                progress,
                clock,
                threads,
                SessionLimits.DEFAULT);
        AgentService agents = new AgentService(authenticator, sessions, refused, worlds, remembering(joining, threads));
        return new AgentLifecycle(
                settings.grpcPort(), tls, agents, authenticator, sessions, others, threads, progress, store, liveness);
    }
}
