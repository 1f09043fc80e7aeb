package io.weft.hub.clusters.internal;

import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A join token as it is shown: {@code weftjoin_<tenant>_<cluster>_<secret>}, the secret 256 random bits. */
record JoinText(TenantId tenant, ClusterName cluster, String secret) {
    private static final Pattern FORM = Pattern.compile("weftjoin_([a-z0-9-]+)_([a-z0-9-]+)_([0-9A-Za-z_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static JoinText random(TenantId tenant, ClusterName cluster) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new JoinText(
                tenant, cluster, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<JoinText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        try {
            return Optional.of(
                    new JoinText(new TenantId(matcher.group(1)), new ClusterName(matcher.group(2)), matcher.group(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    byte[] hash() {
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    String credential() {
        return "weftjoin_" + tenant + "_" + cluster + "_" + secret;
    }

    @Override
    public String toString() {
        return "weftjoin_" + tenant + "_" + cluster + "_***";
    }
}
