package io.weft.agent.apply;

import com.google.protobuf.ByteString;
import io.weft.policy.bundle.Layer;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.PutObject;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of the held bundle.
 *
 * @param rank order of application, ascending
 * @param json canonical bytes as the hub sent them
 */
public record DesiredObject(ObjectKey key, Layer layer, int rank, ByteString json, Digest hash) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws IllegalArgumentException for a key that is none */
    public static DesiredObject of(PutObject put) {
        Layer layer = put.getLayer() == ObjectLayer.OBJECT_LAYER_RECEIVE ? Layer.RECEIVE : Layer.SEND;
        return new DesiredObject(
                ObjectKey.parse(put.getKey()), layer, put.getRank(), put.getJson(), new Digest(put.getHash()));
    }

    /** A fresh copy of the document. */
    ObjectNode document() throws ObjectFailure {
        try {
            if (JSON.readTree(json.toByteArray()) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            throw new ObjectFailure(ObjectFailure.Cause.INVALID, "not JSON: " + e.getOriginalMessage(), e);
        }
        throw new ObjectFailure(ObjectFailure.Cause.INVALID, "not a JSON object");
    }
}
