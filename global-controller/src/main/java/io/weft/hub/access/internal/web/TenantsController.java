package io.weft.hub.access.internal.web;

import io.weft.hub.access.Access;
import io.weft.hub.access.Access.NewTenant;
import io.weft.hub.access.ApiToken;
import io.weft.hub.access.Caller;
import io.weft.hub.access.Role;
import io.weft.hub.access.Tenant;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.Body;
import io.weft.hub.platform.web.JsonBody;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who am I, which tenants are there, and tokens. */
@RestController
class TenantsController {
    record Me(String subject, String kind, boolean platformAdministrator, List<Membership> tenants) {}

    record Membership(TenantId name, List<String> roles) {}

    record Items<T>(List<T> items) {}

    private static final int LONGEST_NAME = 200;

    private final Access access;
    private final InstantSource clock;

    TenantsController(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/api/v1/me")
    Me me(Caller caller) {
        return new Me(
                caller.subject(),
                caller.kind().name().toLowerCase(java.util.Locale.ROOT),
                caller.platformAdministrator(),
                caller.tenants().entrySet().stream()
                        .map(e -> new Membership(
                                e.getKey(),
                                e.getValue().stream()
                                        .map(Role::wireName)
                                        .sorted()
                                        .toList()))
                        .toList());
    }

    @GetMapping("/api/v1/tenants")
    Items<Tenant> tenants(Caller caller) {
        return new Items<>(access.tenants(caller));
    }

    @PostMapping("/api/v1/tenants")
    @ResponseStatus(HttpStatus.CREATED)
    NewTenant create(Caller caller, Body body) {
        JsonBody fields = new JsonBody(body.json(), Set.of("name", "displayName"));
        Optional<TenantId> name = fields.required("name", "an RFC 1123 label of up to 63 characters", TenantId::new);
        Optional<String> displayName = fields.text("displayName", "up to 200 characters", TenantsController::shortText);
        fields.check();
        return access.createTenant(caller, name.orElseThrow(), displayName.orElse(""));
    }

    @PostMapping("/api/v1/tenants/{tenant}/release-freeze")
    Map<String, Object> releaseFreeze(Caller caller, @PathVariable TenantId tenant) {
        return Map.of("tenant", tenant, "incarnation", access.releaseFreeze(caller, tenant));
    }

    @GetMapping("/api/v1/tenants/{tenant}/tokens")
    Items<ApiToken> tokens(TenantCaller caller) {
        return new Items<>(access.tokens(caller));
    }

    @PostMapping("/api/v1/tenants/{tenant}/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    ApiToken createToken(TenantCaller caller, Body body) {
        JsonBody fields = new JsonBody(body.json(), Set.of("name", "role", "expiresAt"));
        Optional<String> name = fields.required("name", "1 to 200 characters", TenantsController::shortText);
        Optional<Role> role = fields.required(
                "role",
                "viewer, operator, editor, admin or auditor",
                text -> Role.of(text).orElse(null));
        Optional<Instant> expiresAt = fields.text("expiresAt", "a time to come, such as 2030-01-31T00:00:00Z", text -> {
            Instant time = Instant.parse(text);
            return time.isAfter(clock.instant()) ? time : null;
        });
        fields.check();
        return access.createToken(caller, name.orElseThrow(), role.orElseThrow(), expiresAt.orElse(null));
    }

    @DeleteMapping("/api/v1/tenants/{tenant}/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteToken(TenantCaller caller, @PathVariable String id) {
        access.deleteToken(caller, id);
    }

    private static @org.jspecify.annotations.Nullable String shortText(String text) {
        return text.isBlank() || text.length() > LONGEST_NAME ? null : text;
    }
}
