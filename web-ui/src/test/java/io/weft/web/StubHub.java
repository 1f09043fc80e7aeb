package io.weft.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the hub does, as far as the edge cares: it believes any token and keeps to the tenants in it. */
final class StubHub implements AutoCloseable {
    /** What came: header names in lower case. */
    record Seen(String method, String path, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    /** What the streams send; an empty text ends one. */
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    final AtomicInteger openStreams = new AtomicInteger();
    private final HttpServer server;

    StubHub() {
        this(0);
    }

    StubHub(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int port() {
        return server.getAddress().getPort();
    }

    Seen last() {
        return seen.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().toString();
            seen.add(new Seen(exchange.getRequestMethod(), path, headers, body));
            route(exchange, path, headers.getOrDefault("authorization", ""));
        }
    }

    private void route(HttpExchange exchange, String path, String credential) throws IOException {
        if (path.equals("/readyz")) send(exchange, 200, "text/plain", "ok");
        else if (path.equals("/api/v1/openapi.json")) send(exchange, 200, "application/json", "{}");
        else if (credential.isEmpty()) problem(exchange, 401);
        else if (path.equals("/api/v1/me")) send(exchange, 200, "application/json", me(credential));
        else if (!mayEnter(path, credential)) problem(exchange, 404);
        else if (path.endsWith("/stream")) stream(exchange);
        else send(exchange, 200, "application/json", "{\"items\": [" + "\"something\", ".repeat(300) + "0]}");
    }

    private static boolean mayEnter(String path, String credential) {
        if (!path.startsWith("/api/v1/tenants/")) return true;
        String tenant = path.split("/")[4].split("\\?")[0];
        return !credential.startsWith("Bearer ey")
                || claims(credential).path("weft_tenants").has(tenant);
    }

    private static String me(String credential) {
        StringBuilder tenants = new StringBuilder();
        if (credential.startsWith("Bearer ey")) {
            claims(credential)
                    .path("weft_tenants")
                    .properties()
                    .forEach(tenant -> tenants.append(tenants.isEmpty() ? "" : ",")
                            .append("{\"name\": \"" + tenant.getKey() + "\", \"roles\": " + tenant.getValue() + "}"));
        }
        return "{\"subject\": \"stub\", \"platformAdministrator\": false, \"tenants\": [" + tenants + "]}";
    }

    static JsonNode claims(String bearer) {
        String payload = bearer.split("\\.")[1];
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(payload));
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(": open\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        openStreams.incrementAndGet();
        try {
            for (String event = events.take(); !event.isEmpty(); event = events.take()) {
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            openStreams.decrementAndGet();
        }
    }

    private static void problem(HttpExchange exchange, int status) throws IOException {
        send(exchange, status, "application/problem+json", "{\"status\": " + status + "}");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Set-Cookie", "hub=1");
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
        if (!exchange.getRequestMethod().equals("HEAD"))
            exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
