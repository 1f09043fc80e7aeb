package io.weft.hub.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weft.hub.RunningHub;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an administrator of one tenant of the shared hub asks of it. */
final class TenantApi {
    static final String SHOP = "{\"spec\":{\"domain\":\"shop.example\",\"members\":[{\"namespaceSelector\":{}}]}}";

    private final RunningHub hub = RunningHub.shared();
    private final String tenant;

    TenantApi(String tenant) {
        this.tenant = tenant;
    }

    HttpResponse<String> tryGet(String path) {
        return hub.get(hub.token(tenant), "/api/v1/tenants/" + tenant + path);
    }

    JsonNode get(String path) {
        return ok(tryGet(path));
    }

    JsonNode put(String path, String body) {
        return ok(hub.put(hub.token(tenant), "/api/v1/tenants/" + tenant + path, body));
    }

    JsonNode delete(String path) {
        return ok(hub.delete(hub.token(tenant), "/api/v1/tenants/" + tenant + path));
    }

    HttpResponse<String> tryPost(String path, @Nullable String body) {
        return hub.post(hub.token(tenant), "/api/v1/tenants/" + tenant + path, body);
    }

    JsonNode post(String path, @Nullable String body) {
        return ok(tryPost(path, body));
    }

    /** Texts of one field over all pages, in the list's order. */
    List<String> walk(String path, String pointer, int limit) {
        List<String> found = new ArrayList<>();
        String start = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
        String next = start;
        while (!next.isEmpty()) {
            JsonNode page = get(next);
            page.get("items").forEach(item -> found.add(item.at(pointer).asString()));
            next = page.has("continue")
                    ? start + "&continue=" + page.get("continue").stringValue()
                    : "";
        }
        return found;
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return RunningHub.json(answer);
    }
}
