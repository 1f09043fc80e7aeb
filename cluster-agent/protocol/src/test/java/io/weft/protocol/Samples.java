package io.weft.protocol;

import com.google.protobuf.ByteString;
import io.weft.protocol.v1.AgentMessage;
import io.weft.protocol.v1.NamespaceItem;
import io.weft.protocol.v1.ObjectLayer;
import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import io.weft.protocol.v1.ReportItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Data of the tests in this module. */
final class Samples {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String HUB = "hub-1";
    static final String UID = "11111111-2222-3333-4444-555555555555";
    static final AgentIdentity IDENTITY = new AgentIdentity(UID, HUB, "0.1.0", "instance-1", List.of("apply"));

    /** Chunks of 600 bytes, so that small bundles need several. */
    static final SessionLimits LIMITS = new SessionLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(12),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            600,
            2_000,
            20_000,
            100);

    private Samples() {}

    /** A bundle of a test. */
    record TestTarget(Place place, SortedMap<String, String> objects) implements Target {
        @Override
        public Digest version() {
            return versionOf(hashes(objects));
        }

        @Override
        public Digest positionHash() {
            return Digest.NONE;
        }

        @Override
        public Difference from(Target earlier) {
            return from(hashes(((TestTarget) earlier).objects));
        }

        @Override
        public Difference from(Map<String, Digest> held) {
            List<PutObject> puts = objects.entrySet().stream()
                    .map(e -> put(e.getKey(), e.getValue()))
                    .filter(put -> !put.getHash()
                            .equals(held.getOrDefault(put.getKey(), Digest.NONE).bytes()))
                    .toList();
            List<RemoveObject> removals = new TreeMap<>(held)
                    .keySet().stream()
                            .filter(key -> !objects.containsKey(key))
                            .map(key -> RemoveObject.newBuilder().setKey(key).build())
                            .toList();
            return new Difference(puts, removals);
        }
    }

    static TestTarget target(long position, String... keysAndContents) {
        SortedMap<String, String> objects = new TreeMap<>();
        for (int i = 0; i < keysAndContents.length; i += 2) objects.put(keysAndContents[i], keysAndContents[i + 1]);
        return new TestTarget(new Place(1, position), objects);
    }

    /** @param count objects of about 200 bytes */
    static TestTarget large(long position, int count) {
        SortedMap<String, String> objects = new TreeMap<>();
        for (int i = 0; i < count; i++) objects.put("object-" + i, "x".repeat(150) + i);
        return new TestTarget(new Place(1, position), objects);
    }

    static PutObject put(String key, String content) {
        ByteString json = ByteString.copyFromUtf8(content);
        return PutObject.newBuilder()
                .setKey(key)
                .setLayer(ObjectLayer.OBJECT_LAYER_SEND)
                .setJson(json)
                .setHash(Digest.sha256(json).bytes())
                .build();
    }

    static SortedMap<String, Digest> hashes(SortedMap<String, String> objects) {
        SortedMap<String, Digest> hashes = new TreeMap<>();
        objects.forEach((key, content) -> hashes.put(key, Digest.sha256(ByteString.copyFromUtf8(content))));
        return hashes;
    }

    static Digest versionOf(SortedMap<String, Digest> hashes) {
        return ReportItems.ofKind(hashes);
    }

    static AgentMessage hello(Held held) {
        return AgentMessage.newBuilder()
                .setHello(IDENTITY.hello(held, List.of()))
                .build();
    }

    static ReportItem namespace(String name) {
        return ReportItems.sealed(ReportItem.newBuilder()
                .setKey(name)
                .setNamespace(NamespaceItem.newBuilder().setName(name).putLabels("team", name)));
    }

    /** As an agent holds it that applied the target. */
    static Held held(TestTarget target, io.weft.protocol.v1.HeldState state) {
        return new Held(target.place(), Digest.NONE, target.version(), state, List.of(), hashes(target.objects()));
    }
}
