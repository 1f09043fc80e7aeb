package io.weft.agent.link;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who this cluster is to its hub: the client certificate with its key, and what the hub said when it was given.
 *
 * @param chain the agent's own certificate first
 * @param hubCa PEM of the authority of the hub's own certificate
 */
public record LinkIdentity(
        PrivateKey key, List<X509Certificate> chain, String hubCa, String hubId, String tenant, String cluster) {
    public LinkIdentity {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    public boolean expired(Instant now) {
        return !now.isBefore(certificate().getNotAfter().toInstant());
    }

    /** Half of its life is over. */
    public boolean dueForRenewal(Instant now) {
        return !untilRenewal(now).isPositive();
    }

    /** Zero or less when it is due. */
    Duration untilRenewal(Instant now) {
        Instant from = certificate().getNotBefore().toInstant();
        Instant until = certificate().getNotAfter().toInstant();
        return Duration.between(now, from.plus(Duration.between(from, until).dividedBy(2)));
    }

    @Override
    public String toString() {
        return tenant + "/" + cluster + " at hub " + hubId;
    }
}
