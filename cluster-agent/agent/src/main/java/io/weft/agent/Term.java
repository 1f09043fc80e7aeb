package io.weft.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.weft.agent.platform.Metrics;
import org.jspecify.annotations.Nullable;

/** The times in which this replica leads: an {@link Agent} for each. A replica that waits is well and ready. */
final class Term implements AutoCloseable {
    private final AgentSettings settings;
    private final KubernetesClient client;
    private final Metrics metrics;
    private @Nullable Agent agent;

    Term(AgentSettings settings, KubernetesClient client, Metrics metrics) {
        this.settings = settings;
        this.client = client;
        this.metrics = metrics;
    }

    synchronized void begin() {
        close();
        agent = new Agent(settings, client, metrics);
        agent.start();
    }

    synchronized String wrong() {
        return agent == null ? "" : agent.wrong();
    }

    synchronized long leads() {
        return agent == null ? 0 : 1;
    }

    @Override
    public synchronized void close() {
        if (agent != null) agent.close();
        agent = null;
    }
}
