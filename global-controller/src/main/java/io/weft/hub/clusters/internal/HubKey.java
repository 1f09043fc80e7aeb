package io.weft.hub.clusters.internal;

import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** The certificate of this replica's gRPC server. The key never leaves the process; it is made anew at half-life. */
final class HubKey extends X509ExtendedKeyManager {
    private static final Duration LIFETIME = Duration.ofDays(14);
    private static final String ALIAS = "hub";

    private record Current(PrivateKey key, X509Certificate[] chain, Instant until) {}

    private final Supplier<Authority> authority;
    private final List<String> hosts;
    private final InstantSource clock;
    private volatile @Nullable Current current;

    HubKey(Supplier<Authority> authority, List<String> hosts, InstantSource clock) {
        this.authority = authority;
        this.hosts = List.copyOf(new TreeSet<>(hosts));
        this.clock = clock;
    }

    private Current current() {
        Current now = current;
        return now != null && clock.instant().isBefore(now.until()) ? now : renew();
    }

    private synchronized Current renew() {
        Current there = current;
        Instant now = clock.instant();
        if (there != null && now.isBefore(there.until())) return there;
        try {
            KeyPair pair = Authority.newKeyPair();
            Authority signer = authority.get();
            X509Certificate certificate = signer.issue(
                    pair.getPublic(),
                    "weft hub",
                    names(),
                    KeyPurposeId.id_kp_serverAuth,
                    new BigInteger(120, new SecureRandom()).setBit(119),
                    now,
                    LIFETIME);
            Current made = new Current(
                    pair.getPrivate(), new X509Certificate[] {certificate}, now.plus(LIFETIME.dividedBy(2)));
            current = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key for the server", e);
        }
    }

    private List<GeneralName> names() {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            boolean address = host.matches("[0-9.]+") || host.contains(":");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return names;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current().chain().clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
