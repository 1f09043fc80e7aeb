package io.weft.agent;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.weft.agent.link.Leadership;
import io.weft.agent.platform.HealthServer;
import io.weft.agent.platform.Metrics;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Starts the agent in the order in which its parts need each other, and stops it in reverse. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        AgentSettings settings;
        try {
            settings = AgentSettings.of(System.getenv());
        } catch (AgentSettings.Invalid e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        if (System.getenv("WEFT_EXIT_ON_STDIN_EOF") != null) Thread.startVirtualThread(AgentMain::exitWithParent);
        run(settings, client(), stop);
    }

    /** Until {@code stop} is counted down; then everything is stopped and the client closed. */
    public static void run(AgentSettings settings, KubernetesClient client, CountDownLatch stop)
            throws IOException, InterruptedException {
        Metrics metrics = new Metrics();
        Term term = new Term(settings, client, metrics);
        try (client;
                HealthServer health = new HealthServer(settings.httpPort(), term::wrong, term::wrong, metrics);
                term;
                Leadership leadership =
                        new Leadership(client, settings.namespace(), settings.podName(), term::begin, term::close)) {
            metrics.gauge("weft_agent_leads", term::leads);
            metrics.gauge("weft_agent_http_port", health::port);
            leadership.start();
            stop.await();
        }
    }

    private static KubernetesClient client() {
        // Retries are ours: the client would repeat what the API server refused for good.
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // What is said does not matter, only that nobody is there to say it any more.
            }
        } catch (IOException gone) {
            // the same
        }
        System.exit(3);
    }
}
