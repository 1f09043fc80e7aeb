package io.weft.fleet;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.weft.fleet.agents.HubApi;
import io.weft.fleet.agents.Joining;
import io.weft.fleet.cluster.SimulatedCluster;
import io.weft.fleet.direct.DirectHttp;
import io.weft.fleet.life.Life;
import io.weft.fleet.shop.ClusterPlan;
import io.weft.fleet.shop.Content;
import io.weft.fleet.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some simulated clusters in this process, up to a thousand. With a hub, each is declared there, joined by the hub's
 * manifest, and has the real agent; without one they are only API servers. Agents of a fleet in a folder reach them by TLS,
 * as anybody does; those of a fleet in memory by calls, since a thousand would need more open files than there are, and
 * only one of each agent's pods runs there.
 */
public final class SimulatedFleet implements AutoCloseable {
    /** What decides everything that happens by chance. */
    public static final long SEED = 20_261_121;

    /** All at once, a thousand agents on two cores would only see each other's requests time out. */
    private static final int JOINING_AT_ONCE = 16;

    private final Map<String, ClusterPlan> plans = new LinkedHashMap<>();
    private final Map<String, SimulatedCluster> clusters = new LinkedHashMap<>();
    private final Map<String, Life> lives = new LinkedHashMap<>();
    private final List<Joining> joinings = new ArrayList<>();
    private final Path folder;
    private final boolean temporary;
    private final Semaphore places = new Semaphore(JOINING_AT_ONCE);
    private @Nullable Vertx vertx;

    private SimulatedFleet(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Clusters {@code sim-0001} … with services {@code service-0001} … each, joined to the tenant {@code demo}; returns at
     * once, see {@link #joined}. Nothing happens in them but what a test does; nothing outlives them.
     *
     * @param hubAddress of the REST interface, as {@code http://host:port}
     * @param token of somebody who may declare and enrol clusters
     */
    public static SimulatedFleet start(String hubAddress, String token, int clusters, int services) {
        SimulatedFleet fleet = inMemory(Shop.generated(clusters, services));
        fleet.join(new HubApi(hubAddress, "demo", () -> token));
        return fleet;
    }

    /** API servers with content, and no agents. */
    public static SimulatedFleet inMemory(List<ClusterPlan> plans) {
        try {
            SimulatedFleet fleet = new SimulatedFleet(Files.createTempDirectory("weft-fleet"), true);
            plans.forEach(plan -> fleet.add(plan, SimulatedCluster.inMemory(plan.name())));
            return fleet;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** API servers with content, that go on where an earlier fleet in the folder was. */
    static SimulatedFleet in(Path folder, List<ClusterPlan> plans) {
        SimulatedFleet fleet = new SimulatedFleet(folder, false);
        plans.forEach(plan -> fleet.add(plan, SimulatedCluster.in(folder.resolve(plan.name()), plan.name())));
        return fleet;
    }

    private void add(ClusterPlan plan, SimulatedCluster cluster) {
        clusters.put(plan.name(), cluster);
        Content.fill(cluster, plan);
        Life life = new Life(cluster, InstantSource.system(), SEED, what -> {});
        life.settle();
        lives.put(plan.name(), life);
        plans.put(plan.name(), plan);
    }

    /** Declares all clusters and lets their agents run; goes on in the background, and tries until it works. */
    public synchronized void join(HubApi hub) {
        clusters.forEach((name, cluster) -> {
            ClusterPlan plan = plans.get(name);
            if (plan == null) throw new IllegalStateException(name);
            Path folderOfPods = folder.resolve("pods").resolve(name);
            joinings.add(new Joining(cluster, hub, declaration(plan), folderOfPods, client(cluster), places, pods()));
        });
    }

    /** What a person does with kubectl: the manifest is applied to a cluster, and the pods that it wants run. */
    public synchronized void apply(String name, String manifest) {
        Path folderOfPods = folder.resolve("pods").resolve(name);
        joinings.add(new Joining(cluster(name), manifest, folderOfPods, client(cluster(name)), places, pods()));
    }

    /** Two of each agent, one of them waiting, keep two cores busy with a thousand leases alone. */
    private int pods() {
        return temporary ? 1 : Integer.MAX_VALUE;
    }

    private HttpClient.Factory client(SimulatedCluster cluster) {
        if (temporary) return new DirectHttp(cluster);
        if (vertx == null) vertx = Vertx.vertx();
        return new VertxHttpClientFactory(vertx);
    }

    private static String declaration(ClusterPlan plan) {
        return """
                spec:
                  displayName: %s (simulated)
                  description: A simulated cluster. Nothing runs in it, so nothing becomes live.
                  provider: %s
                  region: %s
                  labels: {weft.io/simulated: "true", provider: %s}
                """.formatted(
                plan.name(), plan.provider(), plan.region(), plan.provider().toLowerCase(Locale.ROOT));
    }

    /** How many agents have their identity. */
    public synchronized long joined() {
        return joinings.stream().filter(Joining::joined).count();
    }

    public List<String> names() {
        return List.copyOf(clusters.keySet());
    }

    public SimulatedCluster cluster(String name) {
        SimulatedCluster cluster = clusters.get(name);
        if (cluster == null)
            throw new IllegalArgumentException("cluster: " + name + " (expected: one of " + names() + ")");
        return cluster;
    }

    /** What can happen in a cluster. Not thread-safe. */
    public Life life(String name) {
        Life life = lives.get(name);
        if (life == null)
            throw new IllegalArgumentException("cluster: " + name + " (expected: one of " + names() + ")");
        return life;
    }

    @Override
    public synchronized void close() {
        List<Thread> ending = joinings.stream()
                .map(joining -> Thread.ofVirtual().start(joining::close))
                .toList();
        try {
            for (Thread each : ending) each.join();
            if (vertx != null)
                vertx.close().toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        clusters.values().forEach(SimulatedCluster::close);
        if (temporary) delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
