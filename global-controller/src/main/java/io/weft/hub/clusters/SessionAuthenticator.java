package io.weft.hub.clusters;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells delivery who is at the other end of a stream, and when that is over. */
public interface SessionAuthenticator {
    /** Whose certificate it is, by its tenant's authority. */
    record Named(TenantId tenant, ClusterName cluster) {}

    /** This chain opens no session. The message is fit for the agent's log. */
    final class RefusedIdentityException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient @Nullable Named named;

        /** Of nobody. */
        public RefusedIdentityException(String message) {
            super(message);
            this.named = null;
        }

        public RefusedIdentityException(Named named, String message) {
            super(message);
            this.named = named;
        }

        /** Empty if no tenant's authority vouches for it. */
        public Optional<Named> named() {
            return Optional.ofNullable(named);
        }
    }

    /** Hears of revocations made by any replica, within two seconds; perhaps more than once. */
    @FunctionalInterface
    interface Revocations {
        /** Every session of the cluster whose certificate was issued before this time must end now. */
        void revoked(TenantId tenant, ClusterName cluster, Instant issuedBefore);
    }

    /**
     * Asks the database: an expired or revoked certificate, or one of a cluster that never enrolled, is refused.
     *
     * @param chain as the handshake verified it, the agent's own certificate first
     */
    SessionIdentity authenticate(List<X509Certificate> chain) throws RefusedIdentityException;

    /** Until the answer is closed. */
    AutoCloseable listen(Revocations listener);
}
