package io.weft.policy.bundle;

import io.weft.policy.image.Hash;

/**
 * One Kubernetes object as one cluster should have it.
 *
 * @param rank order of application, ascending; removals go in descending order
 * @param canonical RFC 8785 JSON; must not be changed
 * @param hash SHA-256 of {@code canonical}
 */
public record BundleObject(ObjectKey key, Layer layer, int rank, byte[] canonical, Hash hash) {
    public static BundleObject of(ObjectKey key, Layer layer, int rank, byte[] canonical) {
        return new BundleObject(key, layer, rank, canonical, Sha256.of(canonical));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BundleObject o
                && rank == o.rank
                && layer == o.layer
                && hash.equals(o.hash)
                && key.equals(o.key);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + hash.hashCode();
    }

    @Override
    public String toString() {
        return key + "@" + hash.hex().substring(0, 12);
    }
}
