package io.weft.hub.clusters.internal;

import io.weft.hub.clusters.ClusterJoining.Cause;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** PKCS#10, DER: only its key is taken, and only if the request proves that its sender has the other half. */
final class SigningRequest {
    private static final int LONGEST = 16_384;

    private SigningRequest() {}

    static PublicKey key(byte[] der) throws EnrolmentRefusedException {
        String expected =
                "csr: not usable (expected: PKCS#10 in DER, signed, with a key of EC of 256 bits or more or of RSA"
                        + " of 2048 bits or more)";
        if (der.length == 0 || der.length > LONGEST) throw new EnrolmentRefusedException(Cause.CERTIFICATE, expected);
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            boolean proven = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
            if (!proven || !strong(key)) throw new EnrolmentRefusedException(Cause.CERTIFICATE, expected);
            return key;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException e) {
            throw new EnrolmentRefusedException(Cause.CERTIFICATE, expected, e);
        }
    }

    private static boolean strong(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= 256;
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= 2048 && rsa.getModulus().bitLength() <= 8192;
            default -> false;
        };
    }
}
