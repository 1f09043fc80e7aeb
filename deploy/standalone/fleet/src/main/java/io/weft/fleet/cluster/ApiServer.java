package io.weft.fleet.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The interface of one cluster, by TLS on the loopback address, and by calls in this process. */
final class ApiServer implements AutoCloseable {
    private static final String VERSION = """
            {"major":"1","minor":"35","gitVersion":"v1.35.4","gitCommit":"simulated","gitTreeState":"clean",
             "buildDate":"1970-01-01T00:00:00Z","goVersion":"","compiler":"","platform":"simulated"}""";

    private final TlsServer server;
    private final ObjectStore store;
    private final Writes writes;
    private final Accounts accounts;
    private final Rights rights;
    private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param port 0 for any */
    ApiServer(int port, ClusterKeys keys, ObjectStore store, Writes writes, Accounts accounts) throws IOException {
        this.store = store;
        this.writes = writes;
        this.accounts = accounts;
        this.rights = new Rights(store);
        this.server = new TlsServer(port, keys.tls(), this::handle);
    }

    int port() {
        return server.port();
    }

    /** Answers in the thread that calls, which is interrupted when the server is closed. */
    void call(Exchange exchange) throws IOException, InterruptedException {
        callers.add(Thread.currentThread());
        try {
            if (closed) throw new ConnectException("the API server is away");
            handle(exchange);
        } finally {
            callers.remove(Thread.currentThread());
        }
    }

    private void handle(Exchange exchange) throws IOException, InterruptedException {
        try {
            answer(exchange);
        } catch (ApiProblem problem) {
            exchange.send(problem.code(), JsonMapper.shared().writeValueAsBytes(problem.status()));
        } catch (RuntimeException e) {
            ApiProblem problem = ApiProblem.failed("simulated API server: " + e);
            exchange.send(500, JsonMapper.shared().writeValueAsBytes(problem.status()));
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        String path = exchange.path();
        if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
            exchange.send(200, "ok".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Caller caller = accounts.caller(exchange.header("Authorization"));
        if (path.equals("/version")) {
            exchange.send(200, VERSION.getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<String> parts = Arrays.stream(path.substring(1).split("/", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .filter(part -> !part.isEmpty())
                .toList();
        Optional<ObjectNode> discovery = caller.known() ? discovery(parts) : Optional.empty();
        if (discovery.isPresent()) {
            exchange.send(200, JsonMapper.shared().writeValueAsBytes(discovery.get()));
            return;
        }
        boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
        int root = core ? 2 : 3;
        if (parts.size() <= root || !core && !parts.getFirst().equals("apis")) {
            exchange.send(404, "404 page not found\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Target target = Target.of(core ? "" : parts.get(1), parts.get(root - 1), parts.subList(root, parts.size()));
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

    private void objects(Exchange exchange, Caller caller, Target target) throws IOException, InterruptedException {
        Map<String, String> query = query(exchange.query());
        String verb = target.verb(exchange.method(), query);
        String asked = target.name().isEmpty() ? target.namedBy(query) : target.name();
        rights.check(caller, new Rights.Question(verb, target.group(), target.resource(), target.namespace(), asked));
        Optional<ResourceKind> kind = ResourceKinds.ofPlural(target.group(), target.version(), target.plural());
        if (kind.isEmpty() || !kind.get().namespaced() && target.inNamespace()) {
            exchange.send(404, "404 page not found\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        Call call = new Call(
                verb,
                kind.get(),
                kind.get().namespaced() ? target.namespace() : "",
                target.name(),
                target.subresource(),
                query,
                exchange.header("Content-Type").split(";", 2)[0].strip(),
                exchange.header("User-Agent"),
                body(exchange));
        if (verb.equals("watch")) watch(exchange, call);
        else answer(exchange, call);
    }

    private static byte[] body(Exchange exchange) {
        byte[] body = exchange.body();
        if (body.length > Exchange.MOST_BODY) throw ApiProblem.tooLarge(Exchange.MOST_BODY);
        return body;
    }

    private void answer(Exchange exchange, Call call) throws IOException, InterruptedException {
        if (call.subresource().equals("token")) {
            ObjectNode asked = Documents.object(call.body());
            ObjectNode token = accounts.request(call.namespace(), call.name(), asked);
            exchange.send(201, JsonMapper.shared().writeValueAsBytes(token));
            return;
        }
        Writes.Written written = switch (call.verb()) {
            case "get" ->
                new Writes.Written(
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
        exchange.send(written.status(), written.body());
    }

    private void watch(Exchange exchange, Call call) throws IOException, InterruptedException {
        String from = call.query("resourceVersion");
        if (!from.matches("\\d{0,18}")) {
            throw ApiProblem.failed("resourceVersion: Invalid value: \"" + from + "\": strconv.ParseUint: parsing \""
                    + from + "\": invalid syntax");
        }
        Watching watching = new Watching(store, call);
        exchange.begin();
        watching.run(exchange);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw.isEmpty()) return query;
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            query.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value);
        }
        return query;
    }

    /** Ends every connection and every call. */
    @Override
    public void close() {
        closed = true;
        server.close();
        callers.forEach(Thread::interrupt);
    }
}
