package io.weft.protocol;

import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.ObjectHash;
import io.weft.protocol.v1.ObjectHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Cuts the hashes of a held bundle into messages. */
final class Hashes {
    private Hashes() {}

    static List<AgentMessage.Builder> of(SortedMap<String, Digest> objects, int most) {
        List<ObjectHashes.Builder> parts = new ArrayList<>();
        parts.add(ObjectHashes.newBuilder());
        int bytes = 0;
        for (Map.Entry<String, Digest> object : objects.entrySet()) {
            ObjectHash hash = ObjectHash.newBuilder()
                    .setKey(object.getKey())
                    .setHash(object.getValue().bytes())
                    .build();
            if (bytes > 0 && bytes + hash.getSerializedSize() > most) {
                parts.add(ObjectHashes.newBuilder());
                bytes = 0;
            }
            bytes += hash.getSerializedSize();
            parts.getLast().addObjects(hash);
        }
        parts.getLast().setLast(true);
        return parts.stream()
                .map(part -> AgentMessage.newBuilder().setObjectHashes(part))
                .toList();
    }
}
