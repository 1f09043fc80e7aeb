package io.weft.agent.apply;

import com.google.protobuf.UnsafeByteOperations;
import io.weft.policy.bundle.BundleObject;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.policy.image.Hash;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.PutObject;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An object of the held bundle, as the hub sent it. */
public record DesiredObject(BundleObject object) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws IllegalArgumentException for a key that is none */
    public static DesiredObject of(PutObject put) {
        Layer layer = put.getLayer() == ObjectLayer.OBJECT_LAYER_RECEIVE ? Layer.RECEIVE : Layer.SEND;
        ObjectKey key = ObjectKey.parse(put.getKey());
        Hash hash = new Hash(new Digest(put.getHash()).hex());
        return new DesiredObject(
                new BundleObject(key, layer, put.getRank(), put.getJson().toByteArray(), hash));
    }

    public ObjectKey key() {
        return object.key();
    }

    /** Order of application, ascending. */
    int rank() {
        return object.rank();
    }

    public Digest hash() {
        return Digest.ofHex(object.hash().hex());
    }

    public PutObject put() {
        boolean receive = object.layer() == Layer.RECEIVE;
        return PutObject.newBuilder()
                .setKey(object.key().toString())
                .setLayer(receive ? ObjectLayer.OBJECT_LAYER_RECEIVE : ObjectLayer.OBJECT_LAYER_SEND)
                .setRank(object.rank())
                .setJson(UnsafeByteOperations.unsafeWrap(object.canonical()))
                .setHash(hash().bytes())
                .build();
    }

    /** A fresh copy of the document. */
    ObjectNode document() throws ObjectFailure {
        try {
            if (JSON.readTree(object.canonical()) instanceof ObjectNode document) return document;
        } catch (JacksonException e) {
            throw new ObjectFailure(ObjectFailure.Cause.INVALID, "not JSON: " + e.getOriginalMessage(), e);
        }
        throw new ObjectFailure(ObjectFailure.Cause.INVALID, "not a JSON object");
    }

    /** The host whose callers it steers, if it does. */
    Optional<String> steers() {
        try {
            return SendShape.steers(key(), document());
        } catch (ObjectFailure unreadable) {
            return Optional.empty();
        }
    }
}
