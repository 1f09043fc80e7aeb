package io.weft.hub.access;

import io.weft.policy.model.TenantId;
import java.time.Instant;

/** A tenant as listed. */
public record Tenant(TenantId name, String displayName, Instant createdAt) {}
