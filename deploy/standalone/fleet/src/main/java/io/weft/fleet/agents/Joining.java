package io.weft.fleet.agents;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.weft.fleet.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Joins one cluster, as a person would: declares it if nobody did, applies the manifest, and lets the agent's pods run. A
 * cluster that is joined stays so over restarts. Tries until it works.
 */
public final class Joining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String NAMESPACE = "weft-system";
    private static final String AGENT = "weft-agent";
    private static final String IDENTITY = "weft-agent-identity";
    private static final String JOIN = "weft-join";

    private final SimulatedCluster cluster;
    private final Manifest manifest;
    private final Path folder;
    private final HttpClient.Factory http;
    private final Semaphore places;
    private final int mostPods;
    private final List<AgentPod> pods = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param declaration the Cluster resource, as YAML
     * @param folder for the files of the agent's pods
     * @param http makes the agents' clients of the API server
     * @param places one is taken until the agent has its identity, or for a while
     * @param mostPods of those that the manifest's Deployment wants
     */
    public Joining(
            SimulatedCluster cluster,
            HubApi hub,
            String declaration,
            Path folder,
            HttpClient.Factory http,
            Semaphore places,
            int mostPods) {
        this(cluster, () -> manifest(cluster, hub, declaration), folder, http, places, mostPods);
    }

    /** With a manifest that a person was given: nothing is asked of a hub but what the agent asks. */
    public Joining(
            SimulatedCluster cluster,
            String manifest,
            Path folder,
            HttpClient.Factory http,
            Semaphore places,
            int mostPods) {
        this(cluster, () -> manifest, folder, http, places, mostPods);
    }

    private Joining(
            SimulatedCluster cluster,
            Manifest manifest,
            Path folder,
            HttpClient.Factory http,
            Semaphore places,
            int mostPods) {
        this.cluster = cluster;
        this.manifest = manifest;
        this.folder = folder;
        this.http = http;
        this.places = places;
        this.mostPods = mostPods;
        this.thread = Thread.ofVirtual().name("join " + cluster.name()).start(this::run);
    }

    /** Where the manifest comes from; asked again until there is one. */
    private interface Manifest {
        String text() throws IOException;
    }

    private void run() {
        String trouble = "";
        try {
            while (!closed) {
                places.acquire();
                try {
                    cluster.apply(manifest.text());
                    startPods();
                    awaitIdentity();
                    return;
                } catch (IOException | RuntimeException e) {
                    String now = String.valueOf(e.getMessage());
                    if (!now.equals(trouble)) LOG.warn("{}: not joined yet: {}", cluster.name(), now);
                    trouble = now;
                } finally {
                    places.release();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitIdentity() throws InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!joined() && System.nanoTime() < until) Thread.sleep(LOOK);
    }

    /** With the token of before where there is an identity already: then only the hub's address may be new in it. */
    private static String manifest(SimulatedCluster cluster, HubApi hub, String declaration) throws IOException {
        boolean declared = hub.declared(cluster.name());
        if (!declared) {
            hub.declare(cluster.name(), declaration);
            // Whoever deleted the cluster ended its identity too.
            cluster.delete("v1", "Secret", NAMESPACE, IDENTITY);
        }
        Optional<String> token = cluster.get("v1", "Secret", NAMESPACE, JOIN)
                .map(secret -> secret.path("data").path("token").asString(""))
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        boolean joined = cluster.get("v1", "Secret", NAMESPACE, IDENTITY).isPresent();
        return joined && token.isPresent() ? hub.manifest(cluster.name(), token.get()) : hub.manifest(cluster.name());
    }

    private synchronized void startPods() {
        if (closed) return;
        ObjectNode deployment = cluster.get("apps/v1", "Deployment", NAMESPACE, AGENT)
                .orElseThrow(() -> new IllegalStateException("the manifest has no Deployment " + AGENT));
        int replicas =
                Math.min(mostPods, deployment.path("spec").path("replicas").asInt(1));
        for (int index = 0; index < replicas; index++) {
            String name = AGENT + "-" + index;
            pods.add(new AgentPod(cluster, deployment, name, folder.resolve(name), http));
        }
        ObjectNode told = deployment.deepCopy();
        told.putObject("status").put("replicas", replicas).put("readyReplicas", replicas);
        cluster.put(told);
    }

    /** Whether the agent has an identity. */
    public boolean joined() {
        return cluster.get("v1", "Secret", NAMESPACE, IDENTITY)
                .map(secret -> secret.path("data"))
                .filter(JsonNode::isObject)
                .isPresent();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        synchronized (this) {
            // Side by side: each gives its place up in order.
            pods.stream()
                    .map(pod -> Thread.ofVirtual().start(pod::close))
                    .toList()
                    .forEach(Joining::join);
            pods.clear();
        }
    }

    private static void join(Thread ending) {
        try {
            ending.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
