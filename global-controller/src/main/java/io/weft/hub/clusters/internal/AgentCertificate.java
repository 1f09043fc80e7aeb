package io.weft.hub.clusters.internal;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's certificate says. The name is {@code spiffe://<hub id>/tenant/<tenant>/cluster/<cluster>}; the upper
 * bits of the serial number are the database's time of issue in microseconds, which a revocation is compared with.
 */
record AgentCertificate(TenantId tenant, ClusterName cluster, Instant issuedAt, Instant expiresAt) {
    private static final Pattern PATH = Pattern.compile("/tenant/([^/]+)/cluster/([^/]+)");
    private static final int URI_NAME = 6;
    private static final int RANDOM_BITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    static URI name(String hubId, TenantId tenant, ClusterName cluster) {
        return URI.create("spiffe://" + hubId + "/tenant/" + tenant + "/cluster/" + cluster);
    }

    static BigInteger serial(Instant issuedAt) {
        return BigInteger.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, issuedAt))
                .shiftLeft(RANDOM_BITS)
                .or(new BigInteger(RANDOM_BITS, RANDOM));
    }

    /** Reads the names; whether anybody vouches for them is another question. */
    static AgentCertificate read(X509Certificate certificate, String hubId) throws CertificateException {
        URI name = onlyUri(certificate.getSubjectAlternativeNames());
        Matcher path = PATH.matcher(name == null || name.getPath() == null ? "" : name.getPath());
        if (name == null || !"spiffe".equals(name.getScheme()) || !hubId.equals(name.getHost()) || !path.matches()) {
            throw new CertificateException("name: " + name + " (expected: an agent's of this hub)");
        }
        try {
            return new AgentCertificate(
                    new TenantId(path.group(1)),
                    new ClusterName(path.group(2)),
                    Instant.EPOCH.plus(
                            certificate
                                    .getSerialNumber()
                                    .shiftRight(RANDOM_BITS)
                                    .longValueExact(),
                            ChronoUnit.MICROS),
                    certificate.getNotAfter().toInstant());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CertificateException("name: " + name + " (expected: an agent's of this hub)", e);
        }
    }

    private static @Nullable URI onlyUri(@Nullable Collection<List<?>> names) throws CertificateException {
        URI found = null;
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (Integer.valueOf(URI_NAME).equals(name.get(0))) {
                if (found != null) throw new CertificateException("more than one name");
                try {
                    found = URI.create(String.valueOf(name.get(1)));
                } catch (IllegalArgumentException e) {
                    throw new CertificateException("a name that is no URI", e);
                }
            }
        }
        return found;
    }
}
