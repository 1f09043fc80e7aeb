package io.weft.hub.world;

import io.weft.policy.model.TenantId;

/** A decision was overtaken again and again; trying later may help. */
public final class ContendedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ContendedException(TenantId tenant, int times) {
        super("tenant " + tenant + ": overtaken " + times + " times");
    }
}
