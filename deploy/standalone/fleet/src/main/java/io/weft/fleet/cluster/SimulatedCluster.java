package io.weft.fleet.cluster;

import io.weft.fleet.cluster.StoredObject.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One simulated cluster: its objects, its keys, its API server. What happens in it besides (pods that are made, nodes that
 * are lost) others write into it by {@link #put}, for which no rights are needed.
 */
public final class SimulatedCluster implements AutoCloseable {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final String name;
    private final ClusterKeys keys;
    private final ObjectStore store;
    private final Writes writes;
    private final Accounts accounts;
    private @Nullable ApiServer server;
    private int port;

    private SimulatedCluster(String name, ClusterKeys keys, Disk disk, InstantSource clock) {
        this.name = name;
        this.keys = keys;
        this.store = new ObjectStore(disk);
        this.writes = new Writes(store, clock);
        this.accounts = new Accounts(store, keys, clock);
        for (String each : NAMESPACES) {
            if (get("v1", "Namespace", "", each).isEmpty()) put(namespace(each));
        }
        startApiServer();
    }

    private static ObjectNode namespace(String name) {
        ObjectNode namespace = JsonMapper.shared().createObjectNode();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        namespace.putObject("spec").putArray("finalizers").add("kubernetes");
        namespace.putObject("status").put("phase", "Active");
        return namespace;
    }

    /** Nothing outlives this process. */
    public static SimulatedCluster inMemory(String name) {
        return new SimulatedCluster(name, ClusterKeys.fresh(name), Disk.none(), InstantSource.system());
    }

    /** What is in the folder goes on. */
    public static SimulatedCluster in(Path folder, String name) {
        ClusterKeys keys = ClusterKeys.in(folder, name);
        return new SimulatedCluster(name, keys, Disk.in(folder.resolve("objects")), InstantSource.system());
    }

    public String name() {
        return name;
    }

    /** {@code https://127.0.0.1:port}; stays the same when the API server is away for a while. */
    public synchronized String url() {
        return "https://127.0.0.1:" + port;
    }

    public synchronized int port() {
        return port;
    }

    /** The certificate, as PEM, of the authority that signed the API server's own. */
    public String authority() {
        return keys.authorityPem();
    }

    /** Of somebody who may do everything. */
    public String administratorToken() {
        return keys.adminToken();
    }

    /** A token of a service account, as a kubelet would ask for it. */
    public String token(String namespace, String account, Duration life) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.putObject("spec").put("expirationSeconds", life.toSeconds());
        return accounts.request(namespace, account, request)
                .path("status")
                .path("token")
                .asString();
    }

    /**
     * Answers a request of this process without a connection, in the thread that calls.
     *
     * @throws IOException when there is no API server, or nobody hears the answer any more
     * @throws InterruptedException when it goes away meanwhile
     */
    public void call(Exchange exchange) throws IOException, InterruptedException {
        ApiServer now = server();
        if (now == null) throw new ConnectException("the API server is away");
        now.call(exchange);
    }

    private synchronized @Nullable ApiServer server() {
        return server;
    }

    /** As when its process is killed: every connection ends, and nobody answers. */
    public synchronized void killApiServer() {
        if (server != null) server.close();
        server = null;
    }

    /** At the address where it was before. */
    public synchronized void startApiServer() {
        if (server != null) return;
        try {
            server = new ApiServer(port, keys, store, writes, accounts);
            port = server.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What changed until now is forgotten: a watch that begins again is told that it is too old. */
    public void compact() {
        store.compact();
    }

    /** Server-side apply of every document, as {@code kubectl apply --server-side --force-conflicts} does. */
    public void apply(String yaml) {
        for (ObjectNode document : Documents.all(yaml)) {
            Id id = id(document);
            Map<String, String> query = Map.of("fieldManager", "kubectl", "force", "true", "fieldValidation", "Strict");
            byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
            writes.patch(new Call(
                    "patch",
                    id.kind(),
                    id.namespace(),
                    id.name(),
                    "",
                    query,
                    "application/apply-patch+yaml",
                    "kubectl",
                    body));
        }
    }

    /**
     * Makes the object, or makes it so; its status too. Nothing happens when it is so already.
     *
     * @throws IllegalArgumentException when an API server would not take it
     */
    public void put(ObjectNode object) {
        Id id = id(object);
        ObjectNode body = object.deepCopy();
        if (body.path("metadata") instanceof ObjectNode metadata) metadata.remove("resourceVersion");
        Call call = new Call(
                "update",
                id.kind(),
                id.namespace(),
                id.name(),
                Writes.EVERYTHING,
                Map.of("fieldValidation", "Strict"),
                "application/json",
                "",
                body.toString().getBytes(StandardCharsets.UTF_8));
        try {
            store.alone(() -> store.get(id).isPresent() ? writes.update(call) : writes.create(call));
        } catch (ApiProblem e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** One that is not there is well. */
    public void delete(String apiVersion, String kind, String namespace, String objectName) {
        store.alone(() -> {
            store.get(new Id(kind(apiVersion, kind), namespace, objectName)).ifPresent(store::delete);
            return true;
        });
    }

    public Optional<ObjectNode> get(String apiVersion, String kind, String namespace, String objectName) {
        return store.get(new Id(kind(apiVersion, kind), namespace, objectName)).map(StoredObject::object);
    }

    /** @param namespace empty for all */
    public List<ObjectNode> list(String apiVersion, String kind, String namespace) {
        return store.list(kind(apiVersion, kind), namespace).objects().stream()
                .map(StoredObject::object)
                .toList();
    }

    private static Id id(ObjectNode object) {
        ResourceKind kind =
                kind(object.path("apiVersion").asString(""), object.path("kind").asString(""));
        JsonNode metadata = object.path("metadata");
        String namespace = kind.namespaced() ? metadata.path("namespace").asString("default") : "";
        return new Id(kind, namespace, metadata.path("name").asString(""));
    }

    private static ResourceKind kind(String apiVersion, String kind) {
        return ResourceKinds.ofKind(apiVersion, kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "kind: " + apiVersion + " " + kind + " (expected: one that a simulated cluster knows)"));
    }

    @Override
    public void close() {
        killApiServer();
    }
}
