package io.weft.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of an API server as an agent needs for its identity: Secrets of any namespace, in memory, on loopback. It
 * checks neither credentials nor resource versions.
 */
final class SecretsServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final HttpServer server;
    private final KubernetesClient client;

    SecretsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/namespaces/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "GET" -> reply(exchange, secrets.get(path));
                case "DELETE" -> reply(exchange, secrets.remove(path));
                case "POST" -> reply(exchange, store(path + "/", body));
                case "PUT" -> reply(exchange, store(path.substring(0, path.lastIndexOf('/') + 1), body));
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private String store(String folder, byte[] body) {
        ObjectNode secret = (ObjectNode) JSON.readTree(body);
        ObjectNode metadata = (ObjectNode) secret.path("metadata");
        metadata.put("resourceVersion", Long.toString(version.incrementAndGet()));
        secrets.put(folder + metadata.path("name").asString(), secret.toString());
        return secret.toString();
    }

    private static void reply(HttpExchange exchange, @org.jspecify.annotations.Nullable String json)
            throws IOException {
        if (json == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
