package io.weft.bench;

import io.weft.fleet.SimulatedFleet;
import io.weft.it.whole.Rest;
import io.weft.it.whole.WeftProcess;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What the console reads, at a hub of its own that knows one simulated cluster with very many services: from before a
 * request (one kept connection, past the edge) to its whole answer.
 */
final class Lists {
    private static final String GNS = Fleet.TENANT + "/global-namespaces/shop";
    private static final String SPEC = """
            spec:
              domain: shop.example
              members: [{namespaceSelector: [{field: name, op: Regex, value: shop|web}]}]
            """;
    private static final String PREVIEW = Fleet.TENANT + "/global-namespaces/preview";
    private static final int PAGE = 100;

    private final Figures figures;
    private final int services;
    private final int times;
    private final Rest rest;

    private Lists(Figures figures, int services, int times, Rest rest) {
        this.figures = figures;
        this.services = services;
        this.times = times;
        this.rest = rest;
    }

    static void run(Figures figures, int services, int times) {
        try (WeftProcess weft = WeftProcess.up(1, "127.0.0.1");
                SimulatedFleet fleet = SimulatedFleet.start(weft.address(1), weft.token(), 1, services)) {
            Figures.progress("lists of %,d services: %d cluster joins"
                    .formatted(services, fleet.names().size()));
            new Lists(figures, services, times, weft.rest(1)).all();
        }
    }

    private void all() {
        String inventory = Fleet.TENANT + "/inventory/services?limit=" + PAGE;
        Fleet.await("the inventory", () -> total(inventory) >= services);
        Figures.progress("reading lists");
        row("page of services in clusters, the first", inventory, "≤ 300 ms");
        row("… in the middle", inventory + "&continue=" + middle(inventory), "≤ 300 ms");
        row("… by name, the other way", inventory + "&sort=-name", "≤ 300 ms");
        row("… found by a part of the name", inventory + "&q=service-09", "≤ 300 ms");
        row("members of a draft, all services", () -> rest.post(PREVIEW, SPEC), "≤ 50 ms");

        rest.put(GNS, SPEC).good();
        String global = Fleet.TENANT + "/global-services?limit=" + PAGE;
        long begun = System.nanoTime();
        Fleet.await("global services", () -> total(global) >= services);
        figures.row(
                "first page of %,d global services, for the first time after they came to be".formatted(services),
                Machine.decimal((System.nanoTime() - begun) / 1e6) + " ms",
                "",
                "lists");
        Fleet.pause(Duration.ofSeconds(5));
        row("page of global services, the first", global, "≤ 300 ms");
        row("… in the middle", global + "&continue=" + middle(global), "≤ 300 ms");
        row("overview", Fleet.TENANT + "/overview", "≤ 300 ms");
        row("search", Fleet.TENANT + "/search?q=service-09", "≤ 300 ms");
    }

    private int total(String list) {
        return rest.get(list).good().json().path("total").asInt();
    }

    /** Where the page begins that half of all precede. */
    private String middle(String list) {
        String next = "";
        for (int seen = 0; seen < services / 2; seen += PAGE) {
            JsonNode page = rest.get(next.isEmpty() ? list : list + "&continue=" + next)
                    .good()
                    .json();
            next = page.path("continue").asString();
        }
        return next;
    }

    private void row(String what, String path, String target) {
        row(what, () -> rest.get(path), target);
    }

    private void row(String what, Supplier<Rest.Reply> request, String target) {
        for (int i = 0; i < times / 5; i++) request.get().good();
        Latencies latencies = new Latencies();
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            request.get().good();
            latencies.add(System.nanoTime() - begun);
        }
        figures.row("%s; %,d services".formatted(what, services), latencies.toString(), target, "lists");
    }
}
