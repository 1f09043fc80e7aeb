package io.weft.hub.access;

import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tenants and API tokens. */
public interface Access {
    /** A tenant made, with the token of its first administrator. */
    record NewTenant(Tenant tenant, ApiToken token) {}

    /** What the credential may see; all of them for platform administrators. */
    List<Tenant> tenants(Caller caller);

    /** Makes a tenant. Only for platform administrators; 409 when the name is taken. */
    NewTenant createTenant(Caller caller, TenantId name, String displayName);

    /**
     * Lets a tenant go on whose log was frozen because somebody knew another history. Only for platform administrators;
     * 404 when there is no such tenant, 409 when it is not frozen.
     *
     * @return the incarnation that begins
     */
    long releaseFreeze(Caller caller, TenantId tenant);

    List<ApiToken> tokens(TenantCaller caller);

    /** @param expiresAt null: never */
    ApiToken createToken(TenantCaller caller, String name, Role role, @Nullable Instant expiresAt);

    /** Ends the token at once here, and within seconds on other replicas. */
    void deleteToken(TenantCaller caller, String id);
}
