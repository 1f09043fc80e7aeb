package io.weft.it.simulation;

import io.weft.hub.platform.StorageException;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.Proposal;
import io.weft.hub.world.ContendedException;
import io.weft.hub.world.Decision;
import io.weft.hub.world.ReplicaListener;
import io.weft.hub.world.Replicas;
import io.weft.hub.world.TenantReplica;
import io.weft.policy.image.LogEntry;
import io.weft.policy.image.LogRecord;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One replica of the hub: the shipped classes over a simulated store. Killed, it starts anew from the tables. */
final class HubReplica {
    private final Simulation simulation;
    private final Host host;
    private final ReplicaStore store;
    private Replicas replicas;
    private @Nullable AutoCloseable hints;

    HubReplica(Simulation simulation, String name, LogStore shared) {
        this.simulation = simulation;
        this.host = new Host(simulation.scheduler(), name);
        this.store = new ReplicaStore(shared, host);
        this.replicas = new Replicas(store, host.executor(), simulation.scheduler());
        start();
    }

    Host host() {
        return host;
    }

    ReplicaStore store() {
        return store;
    }

    private void start() {
        replicas = new Replicas(store, host.executor(), simulation.scheduler());
        hints = store.listen(replicas);
        host.every(Duration.ofSeconds(1), replicas::poll);
        host.scheduler().after(Duration.ZERO, host, this::watch);
    }

    private void watch() {
        try {
            TenantReplica replica = replicas.of(Simulation.TENANT);
            TenantImage image = replica.listen(new ReplicaListener() {
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
        host.kill();
        host.scheduler().after(host.scheduler().anyDelay(3_000), host, this::start);
    }

    /** What the REST face does with a write; a failure is the client's to see. */
    void write(TenantId tenant, Function<TenantImage, List<LogEntry>> decide) {
        try {
            replicas.of(tenant).propose(image -> {
                List<LogEntry> entries = decide.apply(image);
                if (entries.isEmpty()) return Decision.nothing("");
                return new Decision<>(
                        new Proposal(entries, image.position(), OptionalLong.of(image.revision()), List.of()), "");
            });
        } catch (StorageException | ContendedException failed) {
            simulation.noteFailedWrite();
        }
    }

    TenantReplica replica() {
        return replicas.of(Simulation.TENANT);
    }
}
