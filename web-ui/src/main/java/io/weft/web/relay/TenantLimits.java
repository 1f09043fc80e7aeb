package io.weft.web.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.weft.web.settings.EdgeSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * How much of the hub one tenant may take: so many requests a second in the long run, five times as many at once. A request
 * counts for the tenant that it names only if its credential is known to be that tenant's; else nobody could be kept from using
 * up the share of others. Until then it counts for the address it comes from.
 */
@Component
class TenantLimits {
    private static final int BURST = 5;
    private static final int MOST = 20_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Pattern TENANT = Pattern.compile("/api/v1/tenants/([a-z0-9-]{1,63})(/.*)?");

    private final int perSecond;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .build();
    private final Cache<String, Boolean> members =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    TenantLimits(EdgeSettings settings) {
        perSecond = settings.requestsPerSecond();
    }

    /** Of the path; empty where it names none. */
    static String tenant(String path) {
        Matcher matcher = TENANT.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** Seconds to wait before the next is let through; 0: this one is. */
    long take(String key) {
        if (perSecond == 0) return 0;
        ConsumptionProbe probe = buckets.get(key, made -> bucket()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) return 0;
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity((long) perSecond * BURST)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .build())
                .build();
    }

    /** Who is asked for when a program brings its own credential. */
    String key(String credential, String tenant, String address) {
        boolean member = !tenant.isEmpty() && members.getIfPresent(member(credential, tenant)) != null;
        return member ? "tenant " + tenant : "address " + address;
    }

    /** The hub took the credential for one of that tenant's. */
    void learned(String credential, String tenant) {
        if (!tenant.isEmpty()) members.put(member(credential, tenant), true);
    }

    private static String member(String credential, String tenant) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
            return tenant + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
