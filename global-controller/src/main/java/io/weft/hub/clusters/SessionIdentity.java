package io.weft.hub.clusters;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;

/**
 * Which cluster an agent speaks for, as its certificate alone says.
 *
 * @param clusterUid what the name was bound to at enrolment: a hello with another one is refused
 * @param issuedAt the database's time of issue; a revocation ends what was issued before it
 * @param expiresAt the session must end then
 */
public record SessionIdentity(
        TenantId tenant, ClusterName cluster, String clusterUid, Instant issuedAt, Instant expiresAt) {}
