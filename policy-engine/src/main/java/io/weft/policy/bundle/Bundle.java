package io.weft.policy.bundle;

import io.weft.policy.image.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one cluster should have. Immutable; a changed bundle shares what did not change. Equal sets of objects
 * have equal versions, however they came about.
 */
public final class Bundle {
    public static final Bundle EMPTY = new Bundle(BundleNode.EMPTY);

    /** By rank, then key. */
    static final Comparator<BundleObject> APPLICATION =
            Comparator.comparingInt(BundleObject::rank).thenComparing(BundleObject::key);

    private final BundleNode root;

    private Bundle(BundleNode root) {
        this.root = root;
    }

    public static Bundle of(Iterable<BundleObject> objects) {
        Bundle bundle = EMPTY;
        for (BundleObject object : objects) bundle = bundle.plus(object);
        return bundle;
    }

    public Bundle plus(BundleObject object) {
        return with(root.plus(BundleNode.place(object.key()), object, 0));
    }

    public Bundle minus(ObjectKey key) {
        return with(root.minus(BundleNode.place(key), key));
    }

    private Bundle with(BundleNode next) {
        return next == root ? this : new Bundle(next);
    }

    public Optional<BundleObject> object(ObjectKey key) {
        return Optional.ofNullable(root.get(BundleNode.place(key), key));
    }

    /** In the order of application. */
    public List<BundleObject> objects() {
        List<BundleObject> all = new ArrayList<>(size());
        root.forEach(all::add);
        all.sort(APPLICATION);
        return all;
    }

    public int size() {
        return root.size();
    }

    /** A hash over the set of (key, layer, rank, object hash). */
    public Hash version() {
        return Sha256.hash(root.digest());
    }

    BundleNode root() {
        return root;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bundle b && root.same(b.root);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(root.digest());
    }

    @Override
    public String toString() {
        return size() + " objects@" + version().hex().substring(0, 12);
    }
}
