package io.weft.bench;

import io.weft.fleet.SimulatedFleet;
import io.weft.fleet.cluster.SimulatedCluster;
import io.weft.it.whole.Rest;
import io.weft.it.whole.WeftProcess;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Many simulated clusters with the whole agent in each, all in the measuring process, at a hub of their own: from the first
 * declaration to the last that is ready, and a global namespace of some of them.
 */
final class WholeClusters {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int SERVICES = 5;
    /** As the rule says. */
    private static final int MEMBERS = 29;

    private static final String GNS = Fleet.TENANT + "/global-namespaces/shop";
    private static final String SPEC = """
            spec:
              domain: shop.example
              members:
              - clusterSelector: [{field: name, op: Regex, value: "sim-00[0-2][0-9]"}]
                namespaceSelector: [{field: name, op: Exact, value: shop}]
            """;

    private WholeClusters() {}

    static void run(Figures figures, int clusters) {
        try (WeftProcess weft = WeftProcess.up(1, "127.0.0.1")) {
            Rest rest = weft.rest(1);
            long before = heap();
            long begun = System.nanoTime();
            try (SimulatedFleet fleet = SimulatedFleet.start(weft.address(1), weft.token(), clusters, SERVICES)) {
                String there = seconds(begun);
                Figures.progress("%,d clusters with their agents join"
                        .formatted(fleet.names().size()));
                await("all clusters to be ready", fleet, () -> ready(rest) == clusters);
                row(
                        figures,
                        "%,d simulated clusters of %d services: from nothing until all are ready"
                                .formatted(clusters, SERVICES),
                        seconds(begun) + " s (their API servers " + there + " s)");
                row(
                        figures,
                        "heap of one of them, API server and whole agent",
                        Machine.decimal((heap() - before) / 1024.0 / clusters) + " KiB");
                declared(figures, rest, fleet, clusters);
            }
        }
    }

    private static void declared(Figures figures, Rest rest, SimulatedFleet fleet, int clusters) {
        int members = Math.min(MEMBERS, clusters);
        Figures.progress("a global namespace of " + members);
        long begun = System.nanoTime();
        rest.put(GNS, SPEC).good();
        await(
                "all to have applied it",
                fleet,
                () -> newest(rest).path("applied").asInt() == clusters);
        row(
                figures,
                "`PUT` of a global namespace of %d of %,d clusters → applied by the last".formatted(members, clusters),
                seconds(begun) + " s");
        long with =
                fleet.names().stream().filter(name -> has(fleet.cluster(name))).count();
        if (with != members) throw new IllegalStateException("applied by all, and there in " + with);
    }

    private static boolean has(SimulatedCluster cluster) {
        return cluster.list("networking.istio.io/v1", "ServiceEntry", "").stream()
                .anyMatch(ours());
    }

    private static Predicate<JsonNode> ours() {
        return object -> object.toString().contains("shop.example");
    }

    private static int ready(Rest rest) {
        return rest.get(Fleet.TENANT + "/overview")
                .good()
                .json()
                .at("/clusters/byPhase/Ready")
                .asInt();
    }

    private static JsonNode newest(Rest rest) {
        return rest.get(Fleet.TENANT + "/revisions?limit=1").good().json().at("/items/0/clusterCounts");
    }

    private static void await(String what, SimulatedFleet fleet, BooleanSupplier there) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int looks = 0; !there.getAsBoolean(); looks++) {
            if (System.nanoTime() > until) throw new IllegalStateException("waited in vain for " + what);
            if (looks % 10 == 9) Figures.progress("… %,d have their identity".formatted(fleet.joined()));
            Fleet.pause(Duration.ofSeconds(1));
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String seconds(long begun) {
        return Machine.decimal((System.nanoTime() - begun) / 1e9);
    }

    private static void row(Figures figures, String what, String figure) {
        figures.row(what, figure, "", "clusters");
    }
}
