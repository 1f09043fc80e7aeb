package io.weft.agent.memory;

import com.google.protobuf.ByteString;
import io.weft.agent.apply.DesiredObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.PutObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A bundle as bytes: the same message as a first transfer from the hub, compressed. */
final class BundleCodec {
    private BundleCodec() {}

    static byte[] encode(StoredBundle bundle) throws IOException {
        BundleChunk.Builder message = BundleChunk.newBuilder()
                .setVersion(bundle.version().bytes())
                .setIncarnation(bundle.place().incarnation())
                .setPosition(bundle.place().position())
                .setPositionHash(bundle.positionHash().bytes())
                .setLast(true);
        for (DesiredObject object : bundle.objects().values()) message.addPuts(object.put());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            message.build().writeTo(gzip);
        }
        return bytes.toByteArray();
    }

    static StoredBundle decode(byte[] bytes) throws IOException {
        BundleChunk message;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            message = BundleChunk.parseFrom(gzip);
        }
        SortedMap<ObjectKey, DesiredObject> objects = new TreeMap<>();
        try {
            for (PutObject put : message.getPutsList()) {
                DesiredObject object = DesiredObject.of(put);
                objects.put(object.key(), object);
            }
            Place place = new Place(message.getIncarnation(), message.getPosition());
            return StoredBundle.of(place, digest(message.getPositionHash()), digest(message.getVersion()), objects);
        } catch (IllegalArgumentException e) {
            throw new IOException("held bundle: " + e.getMessage(), e);
        }
    }

    private static Digest digest(ByteString bytes) {
        return new Digest(bytes);
    }
}
