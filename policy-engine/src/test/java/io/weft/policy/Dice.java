package io.weft.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Choices from one seed. */
public final class Dice {
    private final Random random;

    public Dice(long seed) {
        random = new Random(seed);
    }

    /** From 0 to {@code bound} - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least + 1));
    }

    public boolean chance(int percent) {
        return below(100) < percent;
    }

    @SafeVarargs
    public final <T> T one(T... items) {
        return items[below(items.length)];
    }

    /** One of them; there must be some. */
    public <T> T one(Collection<T> items) {
        return List.copyOf(items).get(below(items.size()));
    }

    /** Some of them, perhaps none. */
    public <T extends Comparable<? super T>> SortedSet<T> some(Collection<T> items, int percent) {
        SortedSet<T> chosen = new TreeSet<>();
        for (T item : new ArrayList<>(items)) if (chance(percent)) chosen.add(item);
        return chosen;
    }
}
