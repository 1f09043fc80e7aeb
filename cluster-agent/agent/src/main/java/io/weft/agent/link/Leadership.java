package io.weft.agent.link;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Which replica of the agent works, by a Lease of its namespace; the others wait. Runs until it is closed. */
public final class Leadership implements AutoCloseable {
    static final String LEASE = "weft-agent";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesClient client;
    private final LeaderElectionConfig config;
    private volatile boolean closed;

    /**
     * @param elected runs when this replica is to work; on a thread of its own
     * @param deposed runs when it is to work no more; has to be done before another one begins
     */
    public Leadership(KubernetesClient client, String namespace, String replica, Runnable elected, Runnable deposed) {
        this.client = client;
        this.config = new LeaderElectionConfigBuilder()
                .withName("weft-agent")
                .withLock(new LeaseLock(namespace, LEASE, replica))
                .withLeaseDuration(Duration.ofSeconds(15))
                .withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofSeconds(2))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(elected, deposed, leader -> {}))
                .build();
    }

    public void start() {
        threads.execute(() -> {
            try {
                while (!closed) {
                    client.leaderElector().withConfig(config).build().run(); // returns when leadership was lost
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        threads.close();
    }
}
