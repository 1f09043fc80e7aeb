package io.weft.fleet.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The keys of one cluster: its authority, the API server's own, the one that signs tokens of service accounts; and the
 * administrator's token.
 */
final class ClusterKeys {
    private static final char[] PASSWORD = "simulated".toCharArray(); // who reads the file has the keys
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";
    private static final String ACCOUNTS = "accounts";

    private final Map<String, PrivateKeyEntry> entries;
    private final String adminToken;

    private ClusterKeys(Map<String, PrivateKeyEntry> entries, String adminToken) {
        this.entries = Map.copyOf(entries);
        this.adminToken = adminToken;
    }

    static ClusterKeys fresh(String cluster) {
        try {
            KeyPair authority = pair();
            X500Name name = new X500Name("CN=" + cluster + " (simulated)");
            KeyPair server = pair();
            KeyPair accounts = pair();
            return new ClusterKeys(
                    Map.of(
                            AUTHORITY,
                            entry(authority, certificate(name, authority, name, authority, true)),
                            SERVER,
                            entry(
                                    server,
                                    certificate(new X500Name("CN=kube-apiserver"), server, name, authority, false)),
                            ACCOUNTS,
                            entry(
                                    accounts,
                                    certificate(
                                            new X500Name("CN=service-accounts"), accounts, name, authority, false))),
                    random());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("keys of a simulated cluster", e);
        }
    }

    private static PrivateKeyEntry entry(KeyPair pair, X509Certificate certificate) {
        return new PrivateKeyEntry(pair.getPrivate(), new X509Certificate[] {certificate});
    }

    /** Those of an earlier run, or new ones that a later run finds. */
    static ClusterKeys in(Path folder, String cluster) {
        Path file = folder.resolve("keys.p12");
        Path token = folder.resolve("admin.token");
        try {
            if (!Files.exists(file) || !Files.exists(token)) {
                ClusterKeys fresh = fresh(cluster);
                Files.createDirectories(folder);
                Path unfinished = folder.resolve("keys.new");
                try (OutputStream out = Files.newOutputStream(unfinished)) {
                    fresh.keyStore().store(out, PASSWORD);
                }
                Files.writeString(token, fresh.adminToken);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return fresh;
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Map<String, PrivateKeyEntry> entries = new HashMap<>();
            for (String each : List.of(AUTHORITY, SERVER, ACCOUNTS)) {
                KeyStore.PasswordProtection password = new KeyStore.PasswordProtection(PASSWORD);
                entries.put(each, (PrivateKeyEntry) store.getEntry(each, password));
            }
            return new ClusterKeys(entries, Files.readString(token).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys of a simulated cluster: " + file, e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private KeyStore keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, PrivateKeyEntry> each : entries.entrySet()) {
            PrivateKeyEntry entry = each.getValue();
            store.setKeyEntry(each.getKey(), entry.getPrivateKey(), PASSWORD, entry.getCertificateChain());
        }
        return store;
    }

    private static X509Certificate certificate(
            X500Name name, KeyPair pair, X500Name issuer, KeyPair authority, boolean root)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(3650, ChronoUnit.DAYS)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
        if (!root) {
            GeneralName[] names = {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, "kubernetes.default.svc")
            };
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
    }

    String adminToken() {
        return adminToken;
    }

    PrivateKeyEntry accounts() {
        return entry(ACCOUNTS);
    }

    private PrivateKeyEntry entry(String name) {
        PrivateKeyEntry entry = entries.get(name);
        if (entry == null) throw new IllegalStateException("no key of the " + name);
        return entry;
    }

    /** The authority's certificate, which clients trust. */
    String authorityPem() {
        try {
            byte[] der = entry(AUTHORITY).getCertificate().getEncoded();
            String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(der);
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OneKey(entry(SERVER))}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the one key to whoever asks; a key store in memory would encrypt it first, which takes long. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "one";
        private final PrivateKeyEntry entry;

        OneKey(PrivateKeyEntry entry) {
            this.entry = entry;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {(X509Certificate) entry.getCertificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return entry.getPrivateKey();
        }
    }
}
