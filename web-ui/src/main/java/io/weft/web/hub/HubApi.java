package io.weft.web.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The little that the edge itself asks the hub. */
@Component
public class HubApi {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Replicas replicas;

    HubApi(Replicas replicas) {
        this.replicas = replicas;
    }

    /** A tenant and what a person may do there. */
    public record Membership(String name, List<String> roles) {}

    /**
     * What the hub makes of a person's token.
     *
     * @param accepted false: it takes the token for nobody's
     */
    public record Me(boolean accepted, boolean platformAdministrator, List<Membership> tenants) {}

    /** @throws IOException the hub cannot be asked at the moment */
    public Me me(String accessToken) throws IOException {
        HttpResponse<InputStream> answer = get("/api/v1/me", accessToken);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 401) return new Me(false, false, List.of());
            if (answer.statusCode() != 200) throw new IOException("the hub answered " + answer.statusCode());
            JsonNode me = JsonMapper.shared().readTree(body);
            List<Membership> tenants = new ArrayList<>();
            for (JsonNode tenant : me.path("tenants")) {
                List<String> roles = new ArrayList<>();
                tenant.path("roles").forEach(role -> roles.add(role.asString()));
                tenants.add(new Membership(tenant.path("name").asString(), roles));
            }
            return new Me(true, me.path("platformAdministrator").asBoolean(false), tenants);
        }
    }

    /** Whether a replica would take requests. */
    public boolean ready() {
        try {
            HttpResponse<InputStream> answer = get("/readyz", null);
            answer.body().close();
            return answer.statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<InputStream> get(String path, @org.jspecify.annotations.Nullable String token)
            throws IOException {
        try {
            return replicas.send(
                    hub -> {
                        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path));
                        if (token != null) request.header("Authorization", "Bearer " + token);
                        return request.build();
                    },
                    LIMIT);
        } catch (TimeoutException e) {
            throw new IOException("the hub did not answer in time", e);
        }
    }
}
