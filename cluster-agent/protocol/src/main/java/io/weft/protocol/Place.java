package io.weft.protocol;

/**
 * A place in the histories of a tenant: the incarnation counts first, the position within it second. No agent goes back
 * to a lower place.
 */
public record Place(long incarnation, long position) implements Comparable<Place> {
    /** Of an agent that never had a bundle. */
    public static final Place START = new Place(0, 0);

    public boolean isBefore(Place other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Place other) {
        int byIncarnation = Long.compare(incarnation, other.incarnation);
        return byIncarnation != 0 ? byIncarnation : Long.compare(position, other.position);
    }

    @Override
    public String toString() {
        return incarnation + ":" + position;
    }
}
