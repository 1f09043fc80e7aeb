package io.weft.agent.link;

import io.weft.agent.platform.Secrets;
import io.weft.agent.platform.Secrets.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The identity as a Secret of the agent's namespace, shared by its replicas; no Secret but this has the key. */
public final class IdentityStore {
    static final String NAME = "weft-agent-identity";

    /** A key that was made for enrolling: kept, so that an answer that was lost can be asked for again. */
    static final String ENROLLING = "weft-agent-enrolling";

    private final Secrets secrets;

    public IdentityStore(Secrets secrets) {
        this.secrets = secrets;
    }

    public Optional<LinkIdentity> load() throws IOException {
        Optional<Secret> secret = secrets.read(NAME);
        if (secret.isEmpty()) return Optional.empty();
        Secret found = secret.get();
        return Optional.of(new LinkIdentity(
                Pem.privateKey(found.bytes("key")),
                Pem.certificates(found.text("tls.crt")),
                found.text("ca.crt"),
                found.text("hub-id"),
                found.text("tenant"),
                found.text("cluster")));
    }

    void save(LinkIdentity identity) throws IOException {
        Map<String, byte[]> data = new HashMap<>();
        data.put("key", identity.key().getEncoded());
        data.put("tls.crt", utf8(Pem.text(identity.chain())));
        data.put("ca.crt", utf8(identity.hubCa()));
        data.put("hub-id", utf8(identity.hubId()));
        data.put("tenant", utf8(identity.tenant()));
        data.put("cluster", utf8(identity.cluster()));
        secrets.replace(NAME, data);
    }

    KeyPair enrollingKey() throws IOException {
        Optional<Secret> kept = secrets.read(ENROLLING);
        if (kept.isPresent()) return pair(kept.get());
        KeyPair made = Pem.newKey();
        secrets.write(
                ENROLLING,
                Map.of(
                        "key", made.getPrivate().getEncoded(),
                        "public", made.getPublic().getEncoded()),
                null);
        return made;
    }

    private static KeyPair pair(Secret secret) throws IOException {
        try {
            var publicKey = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(secret.bytes("public")));
            return new KeyPair(publicKey, Pem.privateKey(secret.bytes("key")));
        } catch (GeneralSecurityException e) {
            throw new IOException("key: cannot be read", e);
        }
    }

    void enrolled() throws IOException {
        secrets.delete(ENROLLING);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
