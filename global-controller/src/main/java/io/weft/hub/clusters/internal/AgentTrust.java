package io.weft.hub.clusters.internal;

import io.weft.hub.platform.RefusedAttempts;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a client certificate when the authority of the tenant that it names signed it. Does not look at its end: an
 * expired certificate may still be renewed, and everything else asks {@link StoredEnrolment#authenticate}.
 */
final class AgentTrust extends X509ExtendedTrustManager {
    private final AuthorityStore authorities;
    private final Supplier<String> hubId;
    private final InstantSource clock;
    private final RefusedAttempts refused;

    AgentTrust(AuthorityStore authorities, Supplier<String> hubId, InstantSource clock, RefusedAttempts refused) {
        this.refused = refused;
        this.authorities = authorities;
        this.hubId = hubId;
        this.clock = clock;
    }

    AgentCertificate verify(List<X509Certificate> chain) throws CertificateException {
        if (chain.isEmpty()) throw new CertificateException("certificate: none (expected: an agent's)");
        X509Certificate certificate = chain.getFirst();
        AgentCertificate agent = AgentCertificate.read(certificate, hubId.get());
        Authority authority = authorities
                .find(agent.tenant())
                .orElseThrow(() -> new CertificateException("certificate: of nobody's authority"));
        try {
            certificate.verify(authority.certificate().getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("certificate: not signed by the tenant's authority", e);
        }
        List<String> purposes = certificate.getExtendedKeyUsage();
        if (purposes == null || !purposes.contains(KeyPurposeId.id_kp_clientAuth.getId())) {
            throw new CertificateException("certificate: not for clients");
        }
        if (certificate.getNotBefore().toInstant().isAfter(clock.instant())) {
            throw new CertificateException("certificate: not valid yet");
        }
        return agent;
    }

    /** Whom the certificate names is worth nothing here: nobody vouches for it. */
    private void check(X509Certificate[] chain, @Nullable String source) throws CertificateException {
        try {
            verify(List.of(chain));
        } catch (CertificateException e) {
            refused.noteStranger("handshake", source == null ? "" : source, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, socket.getInetAddress().getHostAddress());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this end is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this end is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this end is the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
