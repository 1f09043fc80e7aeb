package io.weft.bench;

import io.weft.agent.apply.DesiredObject;
import io.weft.agent.memory.StoredBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * From just before {@code PUT} of a route to its bundle at the agents concerned, and to applied by them. Changes one
 * weight after the other, each when the one before is applied everywhere and a moment has passed.
 */
final class RouteChange {
    private static final Duration GAP = Duration.ofMillis(5);

    private final Fleet fleet;
    private final String path;
    private final String target;
    private final List<FleetAgent> concerned;
    private int changes;

    /** @param path of the route, below the tenant */
    RouteChange(Fleet fleet, String path, String target, List<FleetAgent> concerned) {
        this.fleet = fleet;
        this.path = path;
        this.target = target;
        this.concerned = concerned;
    }

    /** The route of the first two clusters. */
    static RouteChange ofPair(Fleet fleet) {
        int agents = Math.min(2, fleet.agents().size());
        return new RouteChange(
                fleet,
                "/global-namespaces/pair-0/traffic-routes/cart",
                "cart",
                fleet.agents().subList(0, agents));
    }

    /** The route that every cluster has. */
    static RouteChange ofAll(Fleet fleet) {
        return new RouteChange(fleet, "/global-namespaces/all/traffic-routes/stock", "stock", fleet.agents());
    }

    /** The first changes only warm up: they are not among the answer. */
    Spread.Samples measure(int warm, int count) throws InterruptedException {
        fleet.rest().put(Fleet.TENANT + path, body(1)).good();
        fleet.settle();
        for (int i = 0; i < warm; i++) one(new Spread.Samples());
        Spread.Samples samples = new Spread.Samples();
        for (int i = 0; i < count; i++) one(samples);
        return samples;
    }

    private void one(Spread.Samples samples) throws InterruptedException {
        int weight = 1 + ++changes % 98;
        byte[] body = body(weight).getBytes(StandardCharsets.UTF_8);
        Spread spread = new Spread(fleet.agents().size(), concerned);
        fleet.watch(spread);
        long begun = System.nanoTime();
        put(body);
        samples.answered.add(System.nanoTime() - begun);
        spread.finish(begun, samples);
        fleet.watch(null);
        check(weight);
        Thread.sleep(GAP);
    }

    private String body(int weight) {
        return "{\"spec\":{\"target\":\"%s\",\"rules\":[{\"split\":[{\"version\":\"v1\",\"weight\":%d},{\"version\":\"v2\",\"weight\":%d}]}]}}"
                .formatted(target, weight, 100 - weight);
    }

    /** The platform's plain client keeps its connection and has no threads that the measurement would pay for. */
    private void put(byte[] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(fleet.api() + Fleet.TENANT + path).toURL().openConnection();
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            connection.setRequestProperty("Authorization", "Bearer " + fleet.token());
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            if (connection.getResponseCode() != 200) {
                throw new IllegalStateException("status " + connection.getResponseCode());
            }
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was timed has to be this change and not another one. */
    private void check(int weight) {
        for (FleetAgent agent : concerned) {
            StoredBundle bundle = agent.applied;
            if (bundle == null || bundle.objects().values().stream().noneMatch(object -> shows(object, weight))) {
                throw new IllegalStateException(agent.cluster() + " applied a bundle without the change");
            }
        }
    }

    private boolean shows(DesiredObject object, int weight) {
        String json = new String(object.object().canonical(), StandardCharsets.UTF_8);
        return json.contains("\"VirtualService\"")
                && json.contains(target)
                && json.contains("\"weight\":" + weight + "}");
    }
}
