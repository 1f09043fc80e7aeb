package io.weft.agent.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. The first two answer 503 with what is wrong. */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param live, ready what is wrong; empty when nothing is */
    public HealthServer(int port, Supplier<String> live, Supplier<String> ready, Metrics metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> answer(exchange, live.get()));
        server.createContext("/readyz", exchange -> answer(exchange, ready.get()));
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.text()));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String wrong) throws IOException {
        if (wrong.isEmpty()) answer(exchange, 200, "ok\n");
        else answer(exchange, 503, wrong + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
