package io.weft.fleet;

import com.sun.net.httpserver.HttpServer;
import io.weft.fleet.agents.HubApi;
import io.weft.fleet.life.Life;
import io.weft.fleet.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulated clusters as a process: says {@code ready} when they are there, and goes on until it is stopped. */
public final class FleetMain {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMain.class);
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(20);

    private FleetMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        FleetSettings settings;
        try {
            settings = FleetSettings.of(System.getenv());
        } catch (FleetSettings.Invalid e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "stop"));
        if (System.getenv("WEFT_EXIT_ON_STDIN_EOF") != null) Thread.startVirtualThread(FleetMain::exitWithParent);
        try (SimulatedFleet fleet = SimulatedFleet.in(settings.folder(), Shop.online())) {
            fleet.join(new HubApi(settings.hub(), settings.tenant(), () -> token(settings)));
            HttpServer health = health(settings.httpPort());
            System.out.println("ready: " + fleet.names().size() + " simulated clusters");
            live(fleet, settings.quiet(), stop);
            health.stop(0);
        } catch (IOException e) {
            System.err.println(
                    "WEFT_HTTP_PORT: " + settings.httpPort() + " (expected: a free port): " + e.getMessage());
        } finally {
            stopped.countDown();
        }
    }

    /** Answers as soon as the clusters are there, whether they are joined or not: a hub may be away. */
    private static HttpServer health(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/healthz", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static String token(FleetSettings settings) {
        try {
            return Files.readString(settings.tokenFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One thing at a time, in one of the clusters; what follows of it is seen to go on. */
    private static void live(SimulatedFleet fleet, boolean quiet, CountDownLatch stop) throws InterruptedException {
        Random random = new Random(SimulatedFleet.SEED);
        List<Life> lives = new ArrayList<>();
        fleet.names().forEach(name -> lives.add(fleet.life(name)));
        long perEvent = BETWEEN_EVENTS.dividedBy(Life.LOOK);
        for (long look = 1; !stop.await(Life.LOOK.toMillis(), TimeUnit.MILLISECONDS); look++) {
            try {
                if (!quiet && look % perEvent == 0)
                    lives.get(random.nextInt(lives.size())).happen();
                lives.forEach(Life::look);
            } catch (RuntimeException e) {
                LOG.warn("what should happen could not: {}", e.toString());
            }
        }
    }

    private static void end(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(10, TimeUnit.SECONDS)) LOG.warn("the agents did not end in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
