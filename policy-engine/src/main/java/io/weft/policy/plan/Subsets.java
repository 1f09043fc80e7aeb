package io.weft.policy.plan;

import io.weft.policy.bundle.Sha256;
import io.weft.policy.model.ClusterName;
import java.nio.charset.StandardCharsets;

/**
 * Names of subsets. They are the same in all clusters, as callers and gateways meet by them, and they are RFC 1123
 * labels: whatever is not, is too long, or would read like another kind of subset is named by a hash.
 */
public final class Subsets {
    private static final String PREFER = "prefer-";
    private static final String HASHED = "s-";
    private static final int LONGEST = 63;

    private Subsets() {}

    /** All instances, those of one cluster first. */
    public static String prefer(ClusterName cluster) {
        String name = PREFER + cluster.value();
        return name.length() <= LONGEST ? name : hashed(name);
    }

    /** Instances of one version, the caller's own cluster first. */
    public static String version(String version) {
        boolean plain = isLabel(version)
                && !version.startsWith(HASHED)
                && !version.startsWith(PREFER)
                && !version.contains("-" + PREFER);
        return plain ? version : hashed(version);
    }

    /** Instances of one version, those of one cluster first. */
    public static String version(String version, ClusterName cluster) {
        String name = version(version) + "-" + PREFER + cluster.value();
        return name.length() <= LONGEST ? name : hashed(version + "/" + cluster.value());
    }

    /** Whether a name is a preference among all instances. */
    public static boolean isPreference(String name) {
        return name.startsWith(PREFER);
    }

    /** The version in the name of a subset that is not a preference; one that nobody has, when it was hashed. */
    public static String versionOf(String name) {
        int end = name.indexOf("-" + PREFER);
        return end < 0 ? name : name.substring(0, end);
    }

    private static String hashed(String text) {
        return HASHED + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    }

    private static boolean isLabel(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("-") || text.endsWith("-")) return false;
        return text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }
}
