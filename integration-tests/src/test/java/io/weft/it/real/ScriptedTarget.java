package io.weft.it.real;

import com.google.protobuf.ByteString;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleDelta;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Hash;
import io.weft.protocol.Difference;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import io.weft.protocol.Target;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.HashMap;
import java.util.Map;

/** A bundle that a test wrote, as a session sends it. */
record ScriptedTarget(Bundle bundle, long position) implements Target {
    @Override
    public Digest version() {
        return Digest.ofHex(bundle.version().hex());
    }

    @Override
    public Place place() {
        return new Place(1, position);
    }

    @Override
    public Digest positionHash() {
        return Digest.NONE;
    }

    @Override
    public Difference from(Target earlier) {
        return difference(BundleDelta.between(((ScriptedTarget) earlier).bundle, bundle));
    }

    @Override
    public Difference from(Map<String, Digest> held) {
        Map<ObjectKey, Hash> have = new HashMap<>();
        held.forEach((key, hash) -> have.put(ObjectKey.parse(key), new Hash(hash.hex())));
        return difference(BundleDelta.between(have, bundle));
    }

    private static Difference difference(BundleDelta delta) {
        return new Difference(
                delta.puts().stream().map(ScriptedTarget::put).toList(),
                delta.removals().stream()
                        .map(removal -> RemoveObject.newBuilder()
                                .setKey(removal.key().toString())
                                .setRank(removal.rank())
                                .build())
                        .toList());
    }

    private static PutObject put(BundleObject object) {
        return PutObject.newBuilder()
                .setKey(object.key().toString())
                .setLayer(ObjectLayer.OBJECT_LAYER_SEND)
                .setRank(object.rank())
                .setJson(ByteString.copyFrom(object.canonical()))
                .setHash(Digest.ofHex(object.hash().hex()).bytes())
                .build();
    }
}
