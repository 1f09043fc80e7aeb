package io.weft.protocol;

import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.ArrayList;
import java.util.List;

/** Cuts a difference into messages; a bundle of any size passes. */
final class Chunks {
    private final Target target;
    private final Digest from;
    private final List<BundleChunk.Builder> chunks = new ArrayList<>();
    private final int most;
    private int bytes;

    private Chunks(Target target, Digest from, int most) {
        this.target = target;
        this.from = from;
        this.most = most;
    }

    /** @param most bytes of objects in one message; a larger object travels alone */
    static List<HubMessage> of(Target target, Digest from, Difference difference, int most) {
        Chunks cut = new Chunks(target, from, most);
        cut.begin();
        for (PutObject put : difference.puts())
            cut.room(put.getSerializedSize()).addPuts(put);
        for (RemoveObject removal : difference.removals()) {
            cut.room(removal.getSerializedSize()).addRemovals(removal);
        }
        cut.chunks.getLast().setLast(true);
        return cut.chunks.stream()
                .map(chunk -> HubMessage.newBuilder().setBundleChunk(chunk).build())
                .toList();
    }

    private BundleChunk.Builder room(int size) {
        if (bytes > 0 && bytes + size > most) begin();
        bytes += size;
        return chunks.getLast();
    }

    private void begin() {
        bytes = 0;
        chunks.add(BundleChunk.newBuilder()
                .setVersion(target.version().bytes())
                .setFromVersion(from.bytes())
                .setIncarnation(target.place().incarnation())
                .setPosition(target.place().position())
                .setPositionHash(target.positionHash().bytes())
                .setNumber(chunks.size()));
    }
}
