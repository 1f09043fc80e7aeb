package io.weft.protocol;

import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.ObjectRefusal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bundle that an agent has on disk.
 *
 * @param place of the newest bundle that was persisted; nothing lower is taken
 * @param objects hash by key of every object of it
 * @param refusals of the last try, with {@link HeldState#HELD_STATE_REFUSED}
 */
public record Held(
        Place place,
        Digest positionHash,
        Digest version,
        HeldState state,
        List<ObjectRefusal> refusals,
        SortedMap<String, Digest> objects) {
    /** Of an agent that never had a bundle. */
    public static final Held NOTHING = new Held(
            Place.START, Digest.NONE, Digest.NONE, HeldState.HELD_STATE_UNSPECIFIED, List.of(), new TreeMap<>());

    public Held {
        refusals = List.copyOf(refusals);
    }

    /** The same place without a bundle, for an agent that no longer trusts what it holds: the next comes whole. */
    public Held unknown() {
        return new Held(place, positionHash, Digest.NONE, HeldState.HELD_STATE_UNSPECIFIED, List.of(), new TreeMap<>());
    }
}
