package io.weft.hub.clusters;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How far clusters have come in joining, and why agents were turned away. The caller has been authorised. */
public interface ClusterJoining {
    /** Why an agent was turned away; written in lower case with hyphens. */
    enum Cause {
        /** The hub never made it, or revocation took it away. */
        TOKEN_WRONG,
        TOKEN_EXPIRED,
        /** By another agent, or by one that lost its key since. */
        TOKEN_USED,
        /** The name is that of another real cluster, or the cluster has another name. */
        OTHER_CLUSTER,
        /** Expired, or not readable. */
        CERTIFICATE,
        REVOKED,
        /** Agent and hub speak different versions of the protocol. */
        VERSION
    }

    /**
     * @param detail what the agent was told
     * @param source the address that it came from; empty when not known
     */
    record TurnedAway(Cause cause, Instant first, Instant last, long times, String detail, String source) {}

    /**
     * One cluster. Times are the database's.
     *
     * @param tokens how many join tokens there are that did not expire more than a week ago
     * @param tokenMadeAt when the newest of them was made
     * @param tokenExpiresAt of the newest
     * @param tokenOpen whether any of them can still be used
     * @param enrolledAt since when the name is bound to a real cluster
     * @param certificateIssuedAt of the newest certificate
     * @param revokedAt everything that was issued before is worth nothing
     * @param turnedAway newest first
     */
    record Joining(
            int tokens,
            int tokensUsed,
            @Nullable Instant tokenMadeAt,
            @Nullable Instant tokenExpiresAt,
            boolean tokenOpen,
            @Nullable Instant enrolledAt,
            @Nullable Instant certificateIssuedAt,
            @Nullable Instant certificateExpiresAt,
            @Nullable Instant revokedAt,
            List<TurnedAway> turnedAway) {
        public static final Joining NONE = new Joining(0, 0, null, null, false, null, null, null, null, List.of());

        public Joining {
            turnedAway = List.copyOf(turnedAway);
        }

        /** Whether what it once got was taken back, and no token was made for it since. */
        public boolean revoked() {
            Instant issued = certificateIssuedAt != null ? certificateIssuedAt : enrolledAt;
            return revokedAt != null && issued != null && !issued.isAfter(revokedAt) && tokens == 0;
        }

        /** Whether it has a certificate that is not revoked. */
        public boolean joined() {
            Instant issued = certificateIssuedAt != null ? certificateIssuedAt : enrolledAt;
            return issued != null && (revokedAt == null || issued.isAfter(revokedAt));
        }
    }

    /** Of every cluster of a tenant of which there is anything. */
    SortedMap<ClusterName, Joining> of(TenantId tenant);

    /** Remembers that an agent was turned away; never fails, and forgets what is said of clusters that nobody declared. */
    void turnedAway(TenantId tenant, ClusterName cluster, Cause cause, String detail, String source);
}
