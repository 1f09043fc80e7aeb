package io.weft.hub.world;

import io.weft.policy.model.TenantId;

/** This replica cannot follow the tenant's log: it holds an entry that it does not know, or another history. */
public final class ReplicaStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplicaStoppedException(TenantId tenant, String reason, Throwable cause) {
        super("tenant " + tenant + " stopped: " + reason, cause);
    }
}
