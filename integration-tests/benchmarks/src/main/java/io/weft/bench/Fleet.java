package io.weft.bench;

import io.weft.agent.link.HubAddress;
import io.weft.it.whole.Rest;
import io.weft.it.whole.WeftProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of the tenant {@code demo} with their agents, all in this JVM. Clusters 2n and 2n + 1 share the global
 * namespace {@code pair-n} with the service {@code cart}; the global namespace {@code all} has the service {@code stock}
 * in the first two clusters and is called from every one.
 */
final class Fleet implements AutoCloseable, FleetAgent.Ear {
    static final String TENANT = "/tenants/demo";
    /** Names of an applied bundle are counted on two seconds later, at the next tick, and others' bundles follow. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int AT_ONCE = 50;

    private final WeftProcess weft;
    private final String token;
    private final Rest rest;
    private final SecretsServer secrets;
    private final Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<FleetAgent> agents = new ArrayList<>();
    private volatile @Nullable Spread spread;
    private volatile long lastNews = System.nanoTime();

    Fleet(WeftProcess weft) {
        this.weft = weft;
        this.token = weft.token();
        this.rest = weft.rest(1);
        try {
            this.secrets = new SecretsServer();
            this.folder = Files.createTempDirectory("weft-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WeftProcess weft() {
        return weft;
    }

    /** With {@code /api/v1}. */
    String api() {
        return weft.address(1) + "/api/v1";
    }

    String token() {
        return token;
    }

    Rest rest() {
        return rest;
    }

    List<FleetAgent> agents() {
        return agents;
    }

    /** Declares and joins clusters until there are so many, and waits until nothing moves any more. */
    void growTo(int size) {
        if (size <= agents.size()) return;
        Figures.progress("joining agents up to " + size);
        declare(agents.size(), size);
        for (int from = agents.size(); from < size; from += AT_ONCE) join(from, Math.min(size, from + AT_ONCE));
        settle();
    }

    private void declare(int from, int to) {
        StringBuilder documents = new StringBuilder();
        for (int i = from; i < to; i++) {
            documents.append(
                    "---\n{apiVersion: weft.io/v1, kind: Cluster, metadata: {name: %s}, spec: {labels: {pair: p%d}}}\n"
                            .formatted(StandInCluster.name(i), i / 2));
        }
        for (int pair = from / 2; pair <= (to - 1) / 2; pair++) documents.append(globalNamespace(pair));
        if (from == 0) documents.append(globalNamespace("all", "all.example", "{}", "web"));
        // The reader takes so many documents at once.
        List<String> all = List.of(documents.toString().split("(?m)^---\n"));
        for (int i = 1; i < all.size(); i += 500) {
            String some = "---\n" + String.join("---\n", all.subList(i, Math.min(all.size(), i + 500)));
            rest.post(TENANT + "/apply", some).good();
        }
    }

    private static String globalNamespace(int pair) {
        return globalNamespace(
                "pair-" + pair, "pair-" + pair + ".example", "{matchLabels: {pair: p" + pair + "}}", "shop");
    }

    private static String globalNamespace(String name, String domain, String clusters, String namespace) {
        return """
                ---
                apiVersion: weft.io/v1
                kind: GlobalNamespace
                metadata: {name: %s}
                spec:
                  domain: %s
                  members: [{clusterSelector: %s, namespaceSelector: [{field: name, op: Exact, value: %s}]}]
                """.formatted(name, domain, clusters, namespace);
    }

    private void join(int from, int to) {
        HubAddress hub = new HubAddress("127.0.0.1", weft.grpcPort(1));
        String authority = authority();
        for (int i = from; i < to; i++) {
            FleetAgent agent = new FleetAgent(i, secrets, threads, this);
            String token = rest.post(TENANT + "/clusters/" + agent.cluster() + "/join-token", "")
                    .good()
                    .json()
                    .path("token")
                    .asString();
            agents.add(agent);
            agent.start(hub, authority, file(agent.cluster(), token));
        }
        await("agents to be welcomed", () -> agents.stream().allMatch(agent -> agent.welcomed));
    }

    /** From a manifest, where it is indented. */
    private String authority() {
        String path = TENANT + "/clusters/" + StandInCluster.name(0) + "/manifest";
        String end = "-----END CERTIFICATE-----";
        String manifest = rest.post(path, "").good().body();
        String certificates = manifest.substring(
                manifest.indexOf("-----BEGIN CERTIFICATE-----"), manifest.lastIndexOf(end) + end.length());
        return certificates.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until every agent applied a bundle without refusals, and none had news for a while. */
    void settle() {
        lastNews = System.nanoTime();
        await(
                "the fleet to settle",
                () -> System.nanoTime() - lastNews > QUIET.toNanos()
                        && agents.stream().allMatch(agent -> agent.applied != null && agent.refused == 0));
    }

    /** How many clusters the hub calls connected and as far as the newest revision. */
    int inSync() {
        long revision = rest.get(TENANT + "/revisions?limit=1")
                .good()
                .json()
                .path("items")
                .path(0)
                .path("revision")
                .asLong();
        Set<String> fine = Set.of("applied", "live");
        return (int) rest.get(TENANT + "/revisions/" + revision)
                .good()
                .json()
                .path("clusters")
                .valueStream()
                .filter(cluster -> cluster.path("connected").asBoolean())
                .filter(cluster -> fine.contains(cluster.path("state").asString()))
                .count();
    }

    /** From now on tells of one change. */
    void watch(@Nullable Spread change) {
        spread = change;
    }

    @Override
    public void arrived(FleetAgent agent, long nanoTime) {
        Spread current = spread;
        if (current != null) current.arrived(agent, nanoTime);
    }

    @Override
    public void applied(FleetAgent agent, long nanoTime) {
        lastNews = nanoTime;
        Spread current = spread;
        if (current != null) current.applied(agent, nanoTime);
    }

    static void await(String what, BooleanSupplier there) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > until) throw new IllegalStateException("waited in vain for " + what);
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Hangs up, all at once. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        secrets.close();
    }
}
