package io.weft.agent.memory;

import io.weft.agent.apply.DesiredObject;
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

/** A bundle with its place in the tenant's history. */
public record StoredBundle(
        Place place, Digest positionHash, Digest version, SortedMap<ObjectKey, DesiredObject> objects) {
    public static final StoredBundle NOTHING = new StoredBundle(Place.START, Digest.NONE, Digest.NONE, new TreeMap<>());

    public StoredBundle {
        objects = Collections.unmodifiableSortedMap(objects);
    }

    /** @throws IllegalArgumentException for a key that is none */
    public StoredBundle after(Transfer transfer) {
        SortedMap<ObjectKey, DesiredObject> next = new TreeMap<>(objects);
        for (RemoveObject removal : transfer.difference().removals()) next.remove(ObjectKey.parse(removal.getKey()));
        for (PutObject put : transfer.difference().puts()) {
            DesiredObject object = DesiredObject.of(put);
            next.put(object.key(), object);
        }
        return new StoredBundle(transfer.place(), transfer.positionHash(), transfer.version(), next);
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
