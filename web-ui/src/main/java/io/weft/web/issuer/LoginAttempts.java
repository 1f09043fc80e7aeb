package io.weft.web.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Locale;

/**
 * How often passwords can be tried: five times at once for one name from one address, then one in half a minute; and some
 * more for one address with all names. Nobody is locked out from elsewhere.
 */
final class LoginAttempts {
    private static final int AT_ONCE = 5;
    private static final Duration NEXT = Duration.ofSeconds(30);
    private static final int AT_ONCE_BY_ADDRESS = 50;
    private static final Duration NEXT_BY_ADDRESS = Duration.ofSeconds(3);
    private static final int MOST = 50_000;
    private static final int LONGEST_NAME = 100;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** Whether this one may be tried. */
    boolean take(String name, String address) {
        return bucket("address " + address, AT_ONCE_BY_ADDRESS, NEXT_BY_ADDRESS).tryConsume(1)
                && bucket(key(name, address), AT_ONCE, NEXT).tryConsume(1);
    }

    /** The password was right. */
    void succeeded(String name, String address) {
        buckets.invalidate(key(name, address));
    }

    private static String key(String name, String address) {
        String lower = name.toLowerCase(Locale.ROOT);
        return "name " + address + " " + lower.substring(0, Math.min(lower.length(), LONGEST_NAME));
    }

    private Bucket bucket(String key, int atOnce, Duration next) {
        return buckets.get(
                key,
                made -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(atOnce)
                                .refillGreedy(1, next)
                                .build())
                        .build());
    }
}
