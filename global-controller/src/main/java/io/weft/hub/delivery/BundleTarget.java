package io.weft.hub.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.weft.hub.world.ReplicaCompiler.Compiled;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.BundleDelta;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.compile.CompiledCluster;
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

/** A compiled bundle as a session sends it. Payloads are not copied: they are the bundle's own canonical bytes. */
final class BundleTarget implements Target {
    private final CompiledCluster compiled;
    private final Place place;
    private final Digest positionHash;
    private final Digest version;

    BundleTarget(Compiled compiled) {
        this.compiled = compiled.cluster();
        this.place = new Place(compiled.image().incarnation(), compiled.image().position());
        this.positionHash = compiled.image().position() == 0
                ? Digest.NONE
                : Digest.ofHex(compiled.image().hash().hex());
        this.version = Digest.ofHex(compiled.cluster().bundle().version().hex());
    }

    CompiledCluster compiled() {
        return compiled;
    }

    @Override
    public Digest version() {
        return version;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public Digest positionHash() {
        return positionHash;
    }

    @Override
    public Difference from(Target earlier) {
        Bundle from = ((BundleTarget) earlier).compiled.bundle();
        return difference(BundleDelta.between(from, compiled.bundle()));
    }

    @Override
    public Difference from(Map<String, Digest> held) {
        Map<ObjectKey, Hash> have = new HashMap<>();
        held.forEach((key, hash) -> have.put(ObjectKey.parse(key), new Hash(hash.hex())));
        return difference(BundleDelta.between(have, compiled.bundle()));
    }

    private static Difference difference(BundleDelta delta) {
        return new Difference(
                delta.puts().stream().map(BundleTarget::put).toList(),
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
                .setLayer(layer(object.layer()))
                .setRank(object.rank())
                .setJson(UnsafeByteOperations.unsafeWrap(object.canonical()))
                .setHash(bytes(object.hash()))
                .build();
    }

    private static ObjectLayer layer(Layer layer) {
        return switch (layer) {
            case RECEIVE -> ObjectLayer.OBJECT_LAYER_RECEIVE;
            case SEND -> ObjectLayer.OBJECT_LAYER_SEND;
        };
    }

    private static ByteString bytes(Hash hash) {
        return Digest.ofHex(hash.hex()).bytes();
    }
}
