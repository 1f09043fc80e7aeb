package io.weft.hub;

import io.weft.hub.platform.HubSettings;
import io.weft.policy.model.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole hub in this JVM, with the tenants {@code alpha} and {@code beta}, and a client of its REST interface. Tests
 * that only talk to it share one.
 */
public final class RunningHub implements AutoCloseable {
    public static final JsonMapper JSON = new JsonMapper();
    /** The bootstrap token: an administrator of {@code alpha} and of the platform. */
    public static final String ALPHA = "weft_0123456789abcdef_" + "A".repeat(43);

    private static @Nullable RunningHub shared;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final ConfigurableApplicationContext context;
    private final TestDatabase database;

    private RunningHub(TestDatabase database, Map<String, String> more) {
        this.database = database;
        this.context = HubApplication.start(settings(database, more));
    }

    public static synchronized RunningHub shared() {
        RunningHub hub = shared;
        if (hub == null) {
            hub = start(TestDatabase.empty());
            shared = hub;
        }
        return hub;
    }

    /** A replica of its own; start two over one database for two replicas. */
    public static RunningHub start(TestDatabase database) {
        return start(database, Map.of());
    }

    /** @param more variables of its environment */
    public static RunningHub start(TestDatabase database, Map<String, String> more) {
        return new RunningHub(database, more);
    }

    private static HubSettings settings(TestDatabase database, Map<String, String> more) {
        try {
            Map<String, String> environment = environment(database, Files.createTempDirectory("weft-hub"));
            environment.putAll(more);
            return HubSettings.read(environment);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the launcher gives it. */
    public static Map<String, String> environment(TestDatabase database, Path folder) throws IOException {
        Path key = Files.writeString(
                folder.resolve("master.key"), Base64.getEncoder().encodeToString(new byte[32]));
        Path token = Files.writeString(folder.resolve("token"), ALPHA + "\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("WEFT_DB_URL", database.url());
        environment.put("WEFT_DB_OWNER_USER", TestDatabase.OWNER.user());
        environment.put("WEFT_DB_OWNER_PASSWORD", TestDatabase.OWNER.password());
        environment.put("WEFT_DB_APP_USER", TestDatabase.APP.user());
        environment.put("WEFT_DB_APP_PASSWORD", TestDatabase.APP.password());
        environment.put("WEFT_DB_JOB_USER", TestDatabase.JOB.user());
        environment.put("WEFT_DB_JOB_PASSWORD", TestDatabase.JOB.password());
        environment.put("WEFT_HTTP_PORT", "0");
        environment.put("WEFT_GRPC_PORT", "0");
        environment.put("WEFT_PUBLIC_GRPC_ADDRESS", "localhost:9443");
        environment.put("WEFT_DATA_DIR", folder.toString());
        environment.put("WEFT_MASTER_KEY_FILE", key.toString());
        environment.put("WEFT_BOOTSTRAP_TENANT", "alpha");
        environment.put("WEFT_BOOTSTRAP_TOKEN_FILE", token.toString());
        return environment;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public TestDatabase database() {
        return database;
    }

    public int httpPort() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The administrator's token of a tenant, which is made when it is not there. */
    public String token(String tenant) {
        if (tenant.equals("alpha")) return ALPHA;
        return tokens.computeIfAbsent(
                tenant,
                name -> json(post(ALPHA, "/api/v1/tenants", "{\"name\":\"" + name + "\"}"))
                        .at("/token/token")
                        .stringValue());
    }

    /** A token of that tenant and role. */
    public String token(TenantId tenant, String role) {
        String path = "/api/v1/tenants/" + tenant + "/tokens";
        String body = "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"}";
        return json(post(token(tenant.value()), path, body)).get("token").stringValue();
    }

    public HttpResponse<String> get(@Nullable String token, String path) {
        return send(token, "GET", path, null, Map.of());
    }

    public HttpResponse<String> post(@Nullable String token, String path, @Nullable String body) {
        return send(token, "POST", path, body, Map.of());
    }

    public HttpResponse<String> put(@Nullable String token, String path, String body) {
        return send(token, "PUT", path, body, Map.of());
    }

    public HttpResponse<String> delete(@Nullable String token, String path) {
        return send(token, "DELETE", path, null, Map.of());
    }

    public HttpResponse<String> send(
            @Nullable String token, String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + httpPort() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) request.header("Authorization", "Bearer " + token);
        if (body != null && !headers.containsKey("Content-Type")) request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        context.close();
    }
}
