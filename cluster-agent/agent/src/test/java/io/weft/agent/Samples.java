package io.weft.agent;

import com.google.protobuf.ByteString;
import io.weft.agent.apply.DesiredObject;
import io.weft.policy.bundle.Bundle;
import io.weft.policy.bundle.Canonical;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import io.weft.protocol.v1.BundleChunk;
import io.weft.protocol.v1.HubMessage;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects, bundles and the hub's words, for tests. */
public final class Samples {
    public static final String HUB = "hub-1";
    private static final String NETWORKING = "networking.istio.io/v1";

    private Samples() {}

    public static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    public static ObjectNode route(String name, String host) {
        return json("""
                {'apiVersion':'%s','kind':'VirtualService','metadata':{'name':'%s','namespace':'shop'},
                 'spec':{'hosts':['%s'],'http':[{'route':[{'destination':{'host':'%s'}}]}]}}""".formatted(NETWORKING, name, host, host));
    }

    public static ObjectNode rule(String name, String host) {
        return json("""
                {'apiVersion':'%s','kind':'DestinationRule','metadata':{'name':'%s','namespace':'shop'},
                 'spec':{'host':'%s'}}""".formatted(NETWORKING, name, host));
    }

    public static ObjectNode entry(String name, String host) {
        return json("""
                {'apiVersion':'%s','kind':'ServiceEntry','metadata':{'name':'%s','namespace':'shop'},
                 'spec':{'hosts':['%s'],'resolution':'STATIC'}}""".formatted(NETWORKING, name, host));
    }

    public static ObjectKey key(String kind, String name) {
        return new ObjectKey(NETWORKING, kind, "shop", name);
    }

    public static PutObject put(ObjectNode json, int rank) {
        ByteString bytes = ByteString.copyFrom(Canonical.bytes(json));
        var metadata = json.path("metadata");
        ObjectKey key = new ObjectKey(
                json.path("apiVersion").asString(),
                json.path("kind").asString(),
                metadata.path("namespace").asString(),
                metadata.path("name").asString());
        return PutObject.newBuilder()
                .setKey(key.toString())
                .setLayer(ObjectLayer.OBJECT_LAYER_SEND)
                .setRank(rank)
                .setJson(bytes)
                .setHash(Digest.sha256(bytes).bytes())
                .build();
    }

    public static DesiredObject desired(ObjectNode json, int rank) {
        return DesiredObject.of(put(json, rank));
    }

    public static SortedMap<ObjectKey, DesiredObject> bundle(DesiredObject... objects) {
        SortedMap<ObjectKey, DesiredObject> bundle = new TreeMap<>();
        Arrays.stream(objects).forEach(object -> bundle.put(object.key(), object));
        return bundle;
    }

    public static Digest version(Collection<DesiredObject> objects) {
        return Digest.ofHex(
                Bundle.of(objects.stream().map(DesiredObject::object).toList())
                        .version()
                        .hex());
    }

    /** A transfer of one chunk. */
    public static HubMessage transfer(
            long position, Digest from, Digest version, List<PutObject> puts, List<ObjectKey> removals) {
        BundleChunk.Builder chunk = BundleChunk.newBuilder()
                .setVersion(version.bytes())
                .setFromVersion(from.bytes())
                .setIncarnation(1)
                .setPosition(position)
                .setLast(true)
                .addAllPuts(puts);
        removals.forEach(key -> chunk.addRemovals(RemoveObject.newBuilder().setKey(key.toString())));
        return HubMessage.newBuilder().setBundleChunk(chunk).build();
    }
}
