package io.weft.it.real;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** A certificate authority made for one test run. Its clock is the machine's, as that of the programs that check. */
record CertificateAuthority(X509Certificate certificate, KeyPair keys) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DAYS = 30;

    /** A certificate and its key, as PEM. */
    record Issued(String certificate, String key) {}

    static CertificateAuthority root(String name) {
        return authority(name, newKeys("EC"), null, List.of());
    }

    /** An authority below this one; RSA, which istiod takes as its own. */
    CertificateAuthority intermediate(String name, String dnsName) {
        return authority(name, newKeys("RSA"), this, List.of(dnsName));
    }

    Issued server(String name, List<String> addresses, List<String> dnsNames) {
        ASN1Encodable names = new GeneralNames(Stream.concat(
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)),
                        dnsNames.stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)))
                .toArray(GeneralName[]::new));
        return leaf(name, KeyPurposeId.id_kp_serverAuth, names);
    }

    /** A certificate for the key of a request (PKCS#10, DER), as PEM; valid from now for so long. */
    String client(byte[] request, Duration life) {
        try {
            var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            Instant now = Instant.now();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            X500Name.getInstance(
                                    certificate.getSubjectX500Principal().getEncoded()),
                            new BigInteger(120, RANDOM),
                            Date.from(now),
                            Date.from(now.plus(life)),
                            new X500Name("CN=client"),
                            key)
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            return pem(sign(builder, keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String certificatePem() {
        return pem(certificate);
    }

    String keyPem() {
        return pem(keys.getPrivate());
    }

    private Issued leaf(String name, KeyPurposeId purpose, ASN1Encodable names) {
        KeyPair own = newKeys("EC");
        try {
            X509v3CertificateBuilder builder = builder(name, own, this)
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names);
            return new Issued(pem(sign(builder, keys)), pem(own.getPrivate()));
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CertificateAuthority authority(
            String name, KeyPair own, @Nullable CertificateAuthority issuer, List<String> dns) {
        try {
            X509v3CertificateBuilder builder = builder(name, own, issuer)
                    .addExtension(
                            Extension.basicConstraints,
                            true,
                            issuer == null ? new BasicConstraints(true) : new BasicConstraints(0))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            if (!dns.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(dns.stream()
                                .map(each -> new GeneralName(GeneralName.dNSName, each))
                                .toArray(GeneralName[]::new)));
            }
            return new CertificateAuthority(sign(builder, issuer == null ? own : issuer.keys), own);
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(String name, KeyPair own, @Nullable CertificateAuthority issuer) {
        Instant now = Instant.now();
        X500Name subject = new X500Name(name);
        X500Name from = issuer == null
                ? subject
                : X500Name.getInstance(
                        issuer.certificate.getSubjectX500Principal().getEncoded());
        return new JcaX509v3CertificateBuilder(
                from,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(5, ChronoUnit.MINUTES)),
                Date.from(now.plus(DAYS, ChronoUnit.DAYS)),
                subject,
                own.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair with) {
        String algorithm = with.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(with.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(Object keyOrCertificate) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            Object written =
                    keyOrCertificate instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : keyOrCertificate;
            writer.writeObject(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
