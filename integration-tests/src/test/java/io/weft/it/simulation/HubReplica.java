package io.weft.it.simulation;

import io.weft.hub.delivery.AgentLink;
import io.weft.hub.delivery.ClusterDelivery;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.delivery.ProgressStore;
import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.ContendedException;
import io.weft.hub.world.Decision;
import io.weft.hub.world.ReplicaListener;
import io.weft.hub.world.ReplicaStoppedException;
import io.weft.hub.world.Replicas;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.ClusterName;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.GoodbyeCode;
import io.weft.protocol.v1.HubMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One replica of the hub: the shipped classes over a simulated store. Killed, it starts anew from the tables. */
final class HubReplica {
    private final Simulation simulation;
    private final Host host;
    private final ReplicaStore store;
    private final LogStore planted;
    private final List<ClusterDelivery> sessions = new ArrayList<>();
    private Replicas replicas;
    private ProgressBook progress = new ProgressBook(ProgressStore.NONE);
    private @Nullable AutoCloseable hints;
    private boolean up;

    HubReplica(Simulation simulation, String name, LogStore shared) {
        this.simulation = simulation;
        this.host = new Host(simulation.scheduler(), name);
        this.store = new ReplicaStore(shared, host);
        this.planted = simulation.plants().store(store);
        this.replicas = new Replicas(planted, host.executor(), simulation.scheduler());
        start();
    }

    Host host() {
        return host;
    }

    ReplicaStore store() {
        return store;
    }

    TenantReplica replica() {
        return replicas.of(Simulation.TENANT);
    }

    private void start() {
        up = true;
        replicas = new Replicas(planted, host.executor(), simulation.scheduler());
        progress = new ProgressBook(ProgressStore.NONE);
        hints = planted.listen(replicas);
        host.every(Duration.ofSeconds(1), () -> {
            replicas.poll();
            sessions.removeIf(ClusterDelivery::ended);
            List.copyOf(sessions).forEach(ClusterDelivery::tick);
        });
        host.scheduler().after(Duration.ZERO, host, this::watch);
    }

    private void watch() {
        try {
            TenantImage image = replica().listen(new ReplicaListener() {
                @Override
                public void replayed(List<LogRecord> records, TenantImage after) {
                    simulation.histories().saw(host.name(), after);
                }

                @Override
                public void restarted(TenantImage fresh) {
                    simulation.histories().saw(host.name(), fresh);
                }
            });
            simulation.histories().saw(host.name(), image);
        } catch (StorageException away) {
            host.scheduler().after(Duration.ofSeconds(1), host, this::watch);
        }
    }

    void restart() {
        try {
            if (hints != null) hints.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        up = false;
        host.kill();
        sessions.clear();
        host.scheduler().after(host.scheduler().anyDelay(3_000), host, this::start);
    }

    /** The gRPC shell's part: a stream whose certificate is this cluster's. Null: nobody listens here. */
    @Nullable
    Wire accept(ClusterName cluster, String uid, Wire.End<HubMessage> agent) {
        if (!up) return null;
        try {
            var world = new ClusterDelivery.World(
                    planted,
                    replica(),
                    replicas.compiler(Simulation.TENANT),
                    simulation.inventories(),
                    progress,
                    simulation.scheduler(),
                    host.executor(),
                    simulation.plants().limits());
            return new Accepted(world, cluster, uid, agent).wire;
        } catch (StorageException | ReplicaStoppedException away) {
            return null;
        }
    }

    private final class Accepted implements AgentLink {
        private final Wire wire;
        private final ClusterDelivery delivery;

        Accepted(ClusterDelivery.World world, ClusterName cluster, String uid, Wire.End<HubMessage> agent) {
            var hub = new Wire.End<AgentMessage>(host, this::received, this::closed);
            wire = new Wire(host.scheduler(), hub, agent);
            delivery = new ClusterDelivery(world, cluster, uid, this, this::replacesOthers);
            sessions.add(delivery);
        }

        private void received(AgentMessage message) {
            delivery.received(message);
        }

        private void closed() {
            delivery.lost();
        }

        private void replacesOthers(ClusterDelivery fresh) {
            for (ClusterDelivery other : List.copyOf(sessions)) {
                if (other != fresh && other.cluster().equals(fresh.cluster())) {
                    other.fail(GoodbyeCode.GOODBYE_CODE_REPLACED, "a newer session of the cluster took over");
                }
            }
        }

        @Override
        public void send(HubMessage message) {
            wire.toAgent(message, message.hasBundleChunk() ? delivery::sent : () -> {});
        }

        @Override
        public void end(GoodbyeCode code, String reason) {
            simulation.note(host + " ends " + delivery.cluster() + ": " + code + " " + reason);
            wire.breakNow();
        }
    }

    /** What the REST face does with a write; a failure is the client's to see. */
    void write(Function<TenantImage, List<LogEntry>> decide) {
        try {
            replica().propose(image -> {
                List<LogEntry> entries = decide.apply(image);
                if (entries.isEmpty()) return Decision.nothing("");
                return new Decision<>(
                        new Proposal(entries, image.position(), OptionalLong.of(image.revision()), List.of()), "");
            });
        } catch (StorageException | ContendedException | ReplicaStoppedException failed) {
            simulation.note(host + " cannot write: " + failed.getMessage());
        }
    }
}
