package io.weft.fleet.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The interface of one cluster, by TLS on the loopback address. */
final class ApiServer implements AutoCloseable {
    private static final int MOST_BODY = 3 * 1024 * 1024;
    private static final int NEARLY_ALWAYS_FREE_TRIES = 20;
    private static final String VERSION = """
            {"major":"1","minor":"35","gitVersion":"v1.35.4","gitCommit":"simulated","gitTreeState":"clean",
             "buildDate":"1970-01-01T00:00:00Z","goVersion":"","compiler":"","platform":"simulated"}""";

    static {
        // Small answers would wait for acknowledgements of the ones before.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ObjectStore store;
    private final Writes writes;
    private final Accounts accounts;
    private final Rights rights;

    /** @param port 0 for any */
    ApiServer(int port, ClusterKeys keys, ObjectStore store, Writes writes, Accounts accounts) throws IOException {
        this.store = store;
        this.writes = writes;
        this.accounts = accounts;
        this.rights = new Rights(store);
        server = bound(port);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.tls()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Connections of a server that was there before may hold its port for a moment. */
    private static HttpsServer bound(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int tries = 1; ; tries++) {
            try {
                return HttpsServer.create(address, 0);
            } catch (BindException e) {
                if (tries == NEARLY_ALWAYS_FREE_TRIES) throw e;
                pause();
            }
        }
    }

    private static void pause() throws BindException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BindException("interrupted");
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange);
            } catch (ApiProblem problem) {
                send(exchange, problem.code(), JsonMapper.shared().writeValueAsBytes(problem.status()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                byte[] status = JsonMapper.shared()
                        .writeValueAsBytes(ApiProblem.failed("simulated API server: " + e).status());
                send(exchange, 500, status);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getRawPath();
        if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
            send(exchange, 200, "ok".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Caller caller = accounts.caller(header(exchange, "Authorization"));
        if (path.equals("/version")) {
            send(exchange, 200, VERSION.getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<String> parts = Arrays.stream(path.substring(1).split("/", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .filter(part -> !part.isEmpty())
                .toList();
        Optional<ObjectNode> discovery = caller.known() ? discovery(parts) : Optional.empty();
        if (discovery.isPresent()) {
            send(exchange, 200, JsonMapper.shared().writeValueAsBytes(discovery.get()));
            return;
        }
        boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
        int root = core ? 2 : 3;
        if (parts.size() <= root || !core && !parts.getFirst().equals("apis")) {
            send(exchange, 404, "404 page not found\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Target target = Target.of(
                core ? "" : parts.get(1), parts.get(root - 1), parts.subList(root, parts.size()));
        objects(exchange, caller, target);
    }

    private static Optional<ObjectNode> discovery(List<String> parts) {
        if (parts.equals(List.of("api"))) {
            ObjectNode versions = JsonMapper.shared().createObjectNode().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(versions);
        }
        if (parts.equals(List.of("apis"))) return Optional.of(ResourceKinds.groups());
        if (parts.size() == 2 && parts.getFirst().equals("api")) return ResourceKinds.discovery("", parts.get(1));
        if (parts.size() == 3 && parts.getFirst().equals("apis")) {
            return ResourceKinds.discovery(parts.get(1), parts.get(2));
        }
        return Optional.empty();
    }

    private void objects(HttpExchange exchange, Caller caller, Target target) throws IOException, InterruptedException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String verb = target.verb(exchange.getRequestMethod(), query);
        String asked = target.name().isEmpty() ? target.namedBy(query) : target.name();
        rights.check(
                caller,
                new Rights.Question(verb, target.group(), target.resource(), target.namespace(), asked));
        Optional<ResourceKind> kind = ResourceKinds.ofPlural(target.group(), target.version(), target.plural());
        if (kind.isEmpty() || !kind.get().namespaced() && target.inNamespace()) {
            send(exchange, 404, "404 page not found\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Call call = new Call(
                verb,
                kind.get(),
                kind.get().namespaced() ? target.namespace() : "",
                target.name(),
                target.subresource(),
                query,
                header(exchange, "Content-Type").split(";", 2)[0].strip(),
                header(exchange, "User-Agent"),
                body(exchange));
        if (verb.equals("watch")) watch(exchange, call);
        else answer(exchange, call);
    }

    private void answer(HttpExchange exchange, Call call) throws IOException {
        if (call.subresource().equals("token")) {
            ObjectNode asked = Documents.object(call.body());
            ObjectNode token = accounts.request(call.namespace(), call.name(), asked);
            send(exchange, 201, JsonMapper.shared().writeValueAsBytes(token));
            return;
        }
        Writes.Written written = switch (call.verb()) {
            case "get" -> new Writes.Written(
                    200,
                    store.get(call.id())
                            .orElseThrow(() -> ApiProblem.notFound(call.kind(), call.name()))
                            .whole());
            case "list" -> new Writes.Written(200, Lists.of(store, call));
            case "create" -> writes.create(call);
            case "update" -> writes.update(call);
            case "patch" -> writes.patch(call);
            case "delete" -> writes.delete(call);
            default -> throw ApiProblem.notAllowed("the server does not allow this method on the requested resource");
        };
        send(exchange, written.status(), written.body());
    }

    private void watch(HttpExchange exchange, Call call) throws IOException, InterruptedException {
        if (header(exchange, "Upgrade").equalsIgnoreCase("websocket")) {
            // Clients that are answered so go on without WebSocket.
            send(exchange, 200, new byte[0]);
            return;
        }
        String from = call.query("resourceVersion");
        if (!from.matches("\\d{0,18}")) {
            throw ApiProblem.failed("resourceVersion: Invalid value: \"" + from + "\": strconv.ParseUint: parsing \""
                    + from + "\": invalid syntax");
        }
        Watching watching = new Watching(store, call);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            watching.run(out);
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(MOST_BODY + 1);
            if (bytes.length > MOST_BODY) throw ApiProblem.tooLarge(MOST_BODY);
            return bytes;
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw == null) return query;
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            query.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value);
        }
        return query;
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Ends every connection. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
