package io.weft.hub.clusters;

import io.weft.hub.access.TenantCaller;
import io.weft.policy.model.ClusterName;
import java.time.Duration;
import java.time.Instant;

/** Letting clusters in and putting them out. */
public interface ClusterEnrolment {
    Duration DEFAULT_VALIDITY = Duration.ofHours(1);
    Duration LONGEST_VALIDITY = Duration.ofDays(7);

    /** @param token the credential itself; it is stored nowhere */
    record JoinToken(ClusterName cluster, String token, Instant expiresAt) {}

    /** Makes a token that one agent may use once. 404 when there is no such Cluster resource. */
    JoinToken joinToken(TenantCaller caller, ClusterName cluster, Duration validity);

    /** What to apply to the cluster, as YAML: everything the agent needs, with a join token in it. */
    String manifest(TenantCaller caller, ClusterName cluster, String joinToken);

    /** Makes worthless every certificate and join token issued so far; streams end within seconds. */
    Instant revoke(TenantCaller caller, ClusterName cluster, String reason);
}
