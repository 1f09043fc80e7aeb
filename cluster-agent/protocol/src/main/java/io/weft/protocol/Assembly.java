package io.weft.protocol;

import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.HeldState;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a transfer together from its chunks, and believes none of them. */
final class Assembly {
    private final SessionLimits limits;
    private final List<PutObject> puts = new ArrayList<>();
    private final List<RemoveObject> removals = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private @Nullable BundleChunk first;
    private int next;
    private long bytes;

    Assembly(SessionLimits limits) {
        this.limits = limits;
    }

    /** The transfer when this was its last chunk; else null. */
    @Nullable
    Transfer add(BundleChunk chunk) throws Violation {
        BundleChunk head = first == null ? first(chunk) : first;
        if (chunk.getNumber() != next) {
            throw new Violation("chunk number: " + chunk.getNumber() + " (expected: " + next + ")");
        }
        if (!sameTransfer(head, chunk)) throw new Violation("a chunk of another transfer");
        next++;
        bytes += chunk.getSerializedSize();
        if (bytes > limits.transferBytes()) {
            throw new Violation("a transfer of more than " + limits.transferBytes() + " bytes");
        }
        for (PutObject put : chunk.getPutsList()) add(put);
        for (RemoveObject removal : chunk.getRemovalsList()) add(removal);
        return chunk.getLast() ? whole(head) : null;
    }

    private BundleChunk first(BundleChunk chunk) throws Violation {
        if (chunk.getVersion().size() != Digest.LENGTH) throw new Violation("a bundle without a version");
        if (chunk.getIncarnation() < 0 || chunk.getPosition() < 0) throw new Violation("a negative place");
        first = chunk;
        return chunk;
    }

    private static boolean sameTransfer(BundleChunk head, BundleChunk chunk) {
        return head.getVersion().equals(chunk.getVersion())
                && head.getFromVersion().equals(chunk.getFromVersion())
                && head.getIncarnation() == chunk.getIncarnation()
                && head.getPosition() == chunk.getPosition();
    }

    private void add(PutObject put) throws Violation {
        key(put.getKey());
        if (put.getJson().size() > limits.objectBytes()) {
            throw new Violation(put.getKey() + ": more than " + limits.objectBytes() + " bytes");
        }
        if (!Digest.sha256(put.getJson()).bytes().equals(put.getHash())) {
            throw new Violation(put.getKey() + ": not the bytes that its hash says");
        }
        puts.add(put);
    }

    private void add(RemoveObject removal) throws Violation {
        key(removal.getKey());
        removals.add(removal);
    }

    private void key(String key) throws Violation {
        if (key.isEmpty()) throw new Violation("an object without a key");
        if (!keys.add(key)) throw new Violation(key + ": twice in one transfer");
    }

    private Transfer whole(BundleChunk head) throws Violation {
        Transfer whole = new Transfer(
                HubSession.digest(head.getVersion()),
                HubSession.digest(head.getFromVersion()),
                new Place(head.getIncarnation(), head.getPosition()),
                HubSession.digest(head.getPositionHash()),
                new Difference(puts, removals));
        first = null;
        next = 0;
        bytes = 0;
        puts.clear();
        removals.clear();
        keys.clear();
        return whole;
    }

    /** What is held once the transfer was persisted. */
    static Held after(Held before, Transfer transfer) {
        SortedMap<String, Digest> objects =
                transfer.from().isNone() ? new TreeMap<>() : new TreeMap<>(before.objects());
        transfer.difference().removals().forEach(removal -> objects.remove(removal.getKey()));
        transfer.difference().puts().forEach(put -> objects.put(put.getKey(), new Digest(put.getHash())));
        return new Held(
                transfer.place(),
                transfer.positionHash(),
                transfer.version(),
                HeldState.HELD_STATE_PENDING,
                List.of(),
                objects);
    }
}
