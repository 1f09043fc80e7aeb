package io.weft.policy.image;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The range from which a tenant's global services get their virtual addresses. Addresses live inside each cluster's
 * proxies only, so tenants may use the same range.
 *
 * @param first and {@code size}: the addresses that are given out
 */
public record AddressRange(int first, int size) {
    /** How long an address rests after it was taken back: resolvers and clients may still remember it. */
    public static final Duration REST = Duration.ofHours(1);

    /** 240.10.0.0/16 without its first and last address. */
    public static final AddressRange DEFAULT = new AddressRange((240 << 24) | (10 << 16) | 1, 65_534);

    /**
     * The lowest free address for each host, in the order given.
     *
     * @param now the database's time
     * @return fewer than asked when the range is used up
     */
    public SortedMap<String, String> allocate(TenantImage image, Collection<String> hosts, Instant now) {
        Set<String> taken = new HashSet<>(image.addresses().values());
        image.resting().forEach((address, since) -> {
            if (since.plus(REST).isAfter(now)) taken.add(address);
        });
        SortedMap<String, String> given = new TreeMap<>();
        int next = 0;
        for (String host : hosts) {
            while (next < size && taken.contains(text(first + next))) next++;
            if (next == size) return given;
            given.put(host, text(first + next));
            next++;
        }
        return given;
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
