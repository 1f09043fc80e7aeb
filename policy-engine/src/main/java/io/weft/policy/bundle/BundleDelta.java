package io.weft.policy.bundle;

import io.weft.policy.image.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes one bundle of another.
 *
 * @param puts in the order of application
 * @param removals in the order of application: after all puts, highest rank first
 */
public record BundleDelta(List<BundleObject> puts, List<Removal> removals) {
    public record Removal(ObjectKey key, int rank) {}

    private static final Comparator<Removal> LAST_FIRST =
            Comparator.comparingInt(Removal::rank).reversed().thenComparing(Removal::key);

    public BundleDelta {
        puts = puts.stream().sorted(Bundle.APPLICATION).toList();
        removals = removals.stream().sorted(LAST_FIRST).toList();
    }

    public boolean isEmpty() {
        return puts.isEmpty() && removals.isEmpty();
    }

    /** Costs what differs. */
    public static BundleDelta between(Bundle from, Bundle to) {
        Map<ObjectKey, BundleObject> before = new HashMap<>();
        Map<ObjectKey, BundleObject> after = new HashMap<>();
        differing(from.root(), to.root(), before, after);
        List<BundleObject> puts = after.values().stream()
                .filter(object -> !object.equals(before.get(object.key())))
                .toList();
        List<Removal> removals = before.values().stream()
                .filter(object -> !after.containsKey(object.key()))
                .map(object -> new Removal(object.key(), object.rank()))
                .toList();
        return new BundleDelta(puts, removals);
    }

    private static void differing(
            BundleNode from, BundleNode to, Map<ObjectKey, BundleObject> before, Map<ObjectKey, BundleObject> after) {
        if (from.same(to)) return;
        if (from instanceof BundleNode.Branch f && to instanceof BundleNode.Branch t) {
            for (int i = 0; i < 16; i++) differing(f.child(i), t.child(i), before, after);
        } else {
            from.forEach(object -> before.put(object.key(), object));
            to.forEach(object -> after.put(object.key(), object));
        }
    }

    /** From objects of which only the hashes are known. */
    public static BundleDelta between(Map<ObjectKey, Hash> have, Bundle to) {
        List<BundleObject> puts = new ArrayList<>();
        Map<ObjectKey, Hash> left = new HashMap<>(have);
        for (BundleObject object : to.objects()) {
            Hash held = left.remove(object.key());
            if (!object.hash().equals(held)) puts.add(object);
        }
        List<Removal> removals = left.keySet().stream()
                .map(key -> new Removal(key, ObjectRank.of(key)))
                .toList();
        return new BundleDelta(puts, removals);
    }
}
