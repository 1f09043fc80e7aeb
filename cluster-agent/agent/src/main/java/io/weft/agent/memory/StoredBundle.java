package io.weft.agent.memory;

import io.weft.agent.apply.DesiredObject;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import io.weft.protocol.Held;
import io.weft.protocol.Place;
import io.weft.protocol.Transfer;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle with its place in the tenant's history.
 *
 * @param version as the hub said it
 * @param contents the same objects, in the form that knows their version
 */
public record StoredBundle(
        Place place,
        Digest positionHash,
        Digest version,
        SortedMap<ObjectKey, DesiredObject> objects,
        Bundle contents) {
    public static final StoredBundle NOTHING =
            new StoredBundle(Place.START, Digest.NONE, Digest.NONE, new TreeMap<>(), Bundle.EMPTY);

    public StoredBundle {
        objects = Collections.unmodifiableSortedMap(objects);
    }

    static StoredBundle of(
            Place place, Digest positionHash, Digest version, SortedMap<ObjectKey, DesiredObject> objects) {
        Bundle contents =
                Bundle.of(objects.values().stream().map(DesiredObject::object).toList());
        return new StoredBundle(place, positionHash, version, objects, contents);
    }

    /** The version that the objects really have. */
    public Digest found() {
        return Digest.ofHex(contents.version().hex());
    }

    /** @throws IllegalArgumentException for a key that is none */
    public StoredBundle after(Transfer transfer) {
        boolean whole = transfer.from().isNone();
        SortedMap<ObjectKey, DesiredObject> next = whole ? new TreeMap<>() : new TreeMap<>(objects);
        Bundle changed = whole ? Bundle.EMPTY : contents;
        for (RemoveObject removal : transfer.difference().removals()) {
            ObjectKey key = ObjectKey.parse(removal.getKey());
            next.remove(key);
            changed = changed.minus(key);
        }
        for (PutObject put : transfer.difference().puts()) {
            DesiredObject object = DesiredObject.of(put);
            next.put(object.key(), object);
            changed = changed.plus(object.object());
        }
        return new StoredBundle(transfer.place(), transfer.positionHash(), transfer.version(), next, changed);
    }

    /** As a session begins with it: what became of it is not known yet. */
    public Held held() {
        if (version.isNone()) return Held.NOTHING;
        return new Held(place, positionHash, version, HeldState.HELD_STATE_PENDING, List.of(), hashes());
    }

    public SortedMap<String, Digest> hashes() {
        SortedMap<String, Digest> hashes = new TreeMap<>();
        objects.forEach((key, object) -> hashes.put(key.toString(), object.hash()));
        return hashes;
    }
}
