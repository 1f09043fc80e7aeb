package io.weft.hub.platform.log;

import io.weft.policy.model.TenantId;

/** There is no log of this tenant. */
public final class UnknownTenantException extends RuntimeException {
    public UnknownTenantException(TenantId tenant) {
        super("tenant: " + tenant + " (expected: a tenant of this hub)");
    }
}
