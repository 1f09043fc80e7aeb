package io.weft.bench;

import io.weft.agent.AgentCore;
import io.weft.agent.apply.Enforcement;
import io.weft.agent.apply.InMemoryCluster;
import io.weft.agent.apply.Ownership;
import io.weft.agent.link.HubAddress;
import io.weft.agent.link.HubLink;
import io.weft.agent.link.IdentityStore;
import io.weft.agent.link.LinkIdentity;
import io.weft.agent.memory.Memory;
import io.weft.agent.memory.StoredBundle;
import io.weft.agent.memory.VolatileMemory;
import io.weft.agent.platform.KubernetesApi;
import io.weft.agent.platform.Secrets;
import io.weft.protocol.AgentEffect;
import io.weft.protocol.AgentIdentity;
import io.weft.protocol.SessionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The shipped agent's link and core, as {@code Agent} puts them together, over stand-ins: a cluster that does not change,
 * objects and bundle in memory. Its certificate, its stream and what is checked of each bundle are the real ones.
 */
final class FleetAgent {
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Hears when an agent has a bundle, and when it has applied it. */
    interface Ear {
        /** Taken apart, checked, about to be saved. */
        void arrived(FleetAgent agent, long nanoTime);

        void applied(FleetAgent agent, long nanoTime);
    }

    private final int number;
    private final SecretsServer secrets;
    private final ExecutorService threads;
    private final Ear ear;

    // What was last; read by whoever measures.
    volatile boolean welcomed;
    final AtomicInteger saved = new AtomicInteger();
    volatile @Nullable StoredBundle applied;
    volatile int refused;

    FleetAgent(int number, SecretsServer secrets, ExecutorService threads, Ear ear) {
        this.number = number;
        this.secrets = secrets;
        this.threads = threads;
        this.ear = ear;
    }

    int number() {
        return number;
    }

    String cluster() {
        return StandInCluster.name(number);
    }

    /** Joins, and then works until its threads are stopped. */
    void start(HubAddress hub, String hubCa, Path joinToken) {
        threads.execute(() -> {
            try {
                work(hub, hubCa, joinToken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                Figures.progress(cluster() + " fails: " + e);
            }
        });
    }

    private void work(HubAddress hub, String hubCa, Path joinToken) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        String uid = "uid-" + cluster();
        IdentityStore store = new IdentityStore(new Secrets(new KubernetesApi(secrets.client()), cluster()));
        HubLink link = new HubLink(hub, hubCa, joinToken, store, uid, "benchmark", clock, new SecureRandom());
        LinkIdentity identity = link.join();
        AgentCore core = new AgentCore(
                new AgentCore.Parts(
                        new AgentIdentity(
                                uid,
                                identity.hubId(),
                                "benchmark",
                                UUID.randomUUID().toString(),
                                List.of("apply", "drift")),
                        SessionLimits.DEFAULT,
                        new TimedMemory(),
                        new Enforcement(new InMemoryCluster(), new Ownership(identity.hubId()), clock),
                        new StandInCluster(number),
                        clock),
                threads,
                threads,
                new Listening());
        core.start();
        threads.execute(() -> tick(core));
        link.run(identity, core);
    }

    private static void tick(AgentCore core) {
        try {
            while (true) {
                core.tick();
                Thread.sleep(TICK);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private final class TimedMemory implements Memory {
        private final VolatileMemory memory = new VolatileMemory();

        @Override
        public StoredBundle load() {
            return memory.load();
        }

        @Override
        public void save(StoredBundle bundle) throws IOException {
            ear.arrived(FleetAgent.this, System.nanoTime());
            memory.save(bundle);
            saved.incrementAndGet();
        }
    }

    private final class Listening implements AgentCore.Listener {
        @Override
        public void enforced(StoredBundle bundle, Enforcement.Round round) {
            long now = System.nanoTime();
            applied = bundle;
            refused = round.refusals().size();
            ear.applied(FleetAgent.this, now);
        }

        @Override
        public void welcomed(AgentEffect.Welcomed answer) {
            welcomed = true;
        }
    }
}
