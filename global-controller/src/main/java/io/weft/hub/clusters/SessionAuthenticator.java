package io.weft.hub.clusters;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Tells delivery who is at the other end of a stream, and when that is over. */
public interface SessionAuthenticator {
    /** This chain opens no session. The message is fit for the agent's log. */
    final class RefusedIdentityException extends Exception {
        private static final long serialVersionUID = 1;

        public RefusedIdentityException(String message) {
            super(message);
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
