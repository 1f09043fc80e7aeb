package io.weft.policy.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle tree over objects, placed by the hash of their keys: a subtree of up to {@link #LEAF} objects is a leaf, a
 * larger one a branch by the next four bits. So its shape depends on the set of keys alone, a change of one object costs
 * a few small hashes, and equal parts of two trees are skipped when they are compared.
 */
abstract sealed class BundleNode {
    static final int LEAF = 16;
    private static final int DEEPEST = 16;
    static final BundleNode EMPTY = new Leaf(new long[0], new BundleObject[0]);

    /** Computed when first asked for; two threads compute the same. */
    private byte @Nullable [] digest;

    abstract int size();

    abstract @Nullable BundleObject get(long place, ObjectKey key);

    abstract BundleNode plus(long place, BundleObject object, int depth);

    abstract BundleNode minus(long place, ObjectKey key);

    abstract void each(PlacedConsumer consumer);

    abstract void update(MessageDigest sha);

    interface PlacedConsumer {
        void accept(long place, BundleObject object);
    }

    final void forEach(Consumer<BundleObject> consumer) {
        each((place, object) -> consumer.accept(object));
    }

    final byte[] digest() {
        byte[] known = digest;
        if (known == null) {
            MessageDigest sha = Sha256.start();
            update(sha);
            known = sha.digest();
            digest = known;
        }
        return known;
    }

    final boolean same(BundleNode other) {
        return this == other || size() == other.size() && Arrays.equals(digest(), other.digest());
    }

    static long place(ObjectKey key) {
        return ByteBuffer.wrap(Sha256.start().digest(key.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static int nibble(long place, int depth) {
        return (int) (place >>> (60 - 4 * depth)) & 15;
    }

    /** Up to 16 objects, ordered by place, then key. */
    static final class Leaf extends BundleNode {
        private final long[] places;
        private final BundleObject[] objects;

        Leaf(long[] places, BundleObject[] objects) {
            this.places = places;
            this.objects = objects;
        }

        @Override
        int size() {
            return objects.length;
        }

        @Override
        @Nullable
        BundleObject get(long place, ObjectKey key) {
            int at = find(place, key);
            return at < 0 ? null : objects[at];
        }

        @Override
        BundleNode plus(long place, BundleObject object, int depth) {
            int at = find(place, object.key());
            if (at >= 0) {
                if (objects[at].equals(object)) return this;
                BundleObject[] replaced = objects.clone();
                replaced[at] = object;
                return new Leaf(places, replaced);
            }
            int to = -at - 1;
            long[] newPlaces = Arrays.copyOf(places, places.length + 1);
            BundleObject[] newObjects = Arrays.copyOf(objects, objects.length + 1);
            System.arraycopy(places, to, newPlaces, to + 1, places.length - to);
            System.arraycopy(objects, to, newObjects, to + 1, objects.length - to);
            newPlaces[to] = place;
            newObjects[to] = object;
            Leaf grown = new Leaf(newPlaces, newObjects);
            return newObjects.length > LEAF && depth < DEEPEST ? Branch.of(grown, depth) : grown;
        }

        @Override
        BundleNode minus(long place, ObjectKey key) {
            int at = find(place, key);
            if (at < 0) return this;
            long[] newPlaces = new long[places.length - 1];
            BundleObject[] newObjects = new BundleObject[objects.length - 1];
            System.arraycopy(places, 0, newPlaces, 0, at);
            System.arraycopy(objects, 0, newObjects, 0, at);
            System.arraycopy(places, at + 1, newPlaces, at, newPlaces.length - at);
            System.arraycopy(objects, at + 1, newObjects, at, newObjects.length - at);
            return new Leaf(newPlaces, newObjects);
        }

        @Override
        void each(PlacedConsumer consumer) {
            for (int i = 0; i < objects.length; i++) consumer.accept(places[i], objects[i]);
        }

        @Override
        void update(MessageDigest sha) {
            sha.update((byte) 0);
            for (BundleObject object : objects) {
                byte[] key = object.key().toString().getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(9)
                        .putInt(key.length)
                        .put((byte) object.layer().ordinal())
                        .putInt(object.rank())
                        .flip());
                sha.update(key);
                sha.update(Sha256.bytes(object.hash()));
            }
        }

        /** The index of a key, or minus (the index where it belongs) minus one. */
        private int find(long place, ObjectKey key) {
            int i = 0;
            while (i < places.length && Long.compareUnsigned(places[i], place) < 0) i++;
            while (i < places.length && places[i] == place) {
                int order = objects[i].key().compareTo(key);
                if (order == 0) return i;
                if (order > 0) break;
                i++;
            }
            return -i - 1;
        }
    }

    /** More than 16 objects. */
    static final class Branch extends BundleNode {
        private final BundleNode[] children;
        private final int size;
        private final int depth;

        private Branch(BundleNode[] children, int size, int depth) {
            this.children = children;
            this.size = size;
            this.depth = depth;
        }

        static Branch of(Leaf leaf, int depth) {
            BundleNode[] children = new BundleNode[16];
            Arrays.fill(children, EMPTY);
            leaf.each((place, object) -> {
                int n = nibble(place, depth);
                children[n] = children[n].plus(place, object, depth + 1);
            });
            return new Branch(children, leaf.size(), depth);
        }

        BundleNode child(int nibble) {
            return children[nibble];
        }

        @Override
        int size() {
            return size;
        }

        @Override
        @Nullable
        BundleObject get(long place, ObjectKey key) {
            return children[nibble(place, depth)].get(place, key);
        }

        @Override
        BundleNode plus(long place, BundleObject object, int ignored) {
            int n = nibble(place, depth);
            return with(n, children[n].plus(place, object, depth + 1));
        }

        @Override
        BundleNode minus(long place, ObjectKey key) {
            int n = nibble(place, depth);
            BundleNode next = with(n, children[n].minus(place, key));
            return next.size() > LEAF ? next : leaf(next);
        }

        private BundleNode with(int nibble, BundleNode child) {
            if (child == children[nibble]) return this;
            BundleNode[] next = children.clone();
            next[nibble] = child;
            return new Branch(next, size - children[nibble].size() + child.size(), depth);
        }

        private static Leaf leaf(BundleNode small) {
            long[] places = new long[small.size()];
            BundleObject[] objects = new BundleObject[small.size()];
            int[] at = {0};
            small.each((place, object) -> {
                places[at[0]] = place;
                objects[at[0]++] = object;
            });
            return new Leaf(places, objects);
        }

        @Override
        void each(PlacedConsumer consumer) {
            for (BundleNode child : children) child.each(consumer);
        }

        @Override
        void update(MessageDigest sha) {
            sha.update((byte) 1);
            for (BundleNode child : children) sha.update(child.digest());
        }
    }
}
