package io.weft.hub.access.internal;

import io.weft.hub.access.Caller;
import io.weft.policy.model.TenantId;
import org.jspecify.annotations.Nullable;

/** What a credential turned out to be. */
public sealed interface Authentication {
    record Accepted(Caller caller) implements Authentication {}

    /** @param tenant whose token it claimed to be; null when that is not known */
    record Refused(String reason, @Nullable TenantId tenant) implements Authentication {}
}
