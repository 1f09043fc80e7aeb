package io.weft.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.weft.protocol.v1.ReportItem;
import io.weft.protocol.v1.ReportKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;

/** Hashes of what is reported. Both ends compute a kind's hash the same way; an item's hash is only made by its agent. */
public final class ReportItems {
    private ReportItems() {}

    /** The item with its hash, over its key and content. */
    public static ReportItem sealed(ReportItem.Builder item) {
        ReportItem bare = item.clearHash().build();
        byte[] bytes = new byte[bare.getSerializedSize()];
        CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
        stream.useDeterministicSerialization(); // else maps come in any order
        try {
            bare.writeTo(stream);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bare.toBuilder()
                .setHash(Digest.sha256(ByteString.copyFrom(bytes)).bytes())
                .build();
    }

    /** SHA-256 over key and hash of every item, in the order of the keys, each key led by its length. */
    public static Digest ofKind(SortedMap<String, Digest> hashes) {
        MessageDigest sha = Digest.newSha256();
        for (Map.Entry<String, Digest> item : hashes.entrySet()) {
            byte[] key = item.getKey().getBytes(StandardCharsets.UTF_8);
            sha.update(new byte[] {
                (byte) (key.length >>> 24), (byte) (key.length >>> 16), (byte) (key.length >>> 8), (byte) key.length
            });
            sha.update(key);
            sha.update(item.getValue().bytes().asReadOnlyByteBuffer());
        }
        return new Digest(ByteString.copyFrom(sha.digest()));
    }

    /** The kind of report that the item belongs in. */
    public static ReportKind kind(ReportItem item) {
        return switch (item.getItemCase()) {
            case NAMESPACE -> ReportKind.REPORT_KIND_NAMESPACE;
            case SERVICE -> ReportKind.REPORT_KIND_SERVICE;
            case VERSION -> ReportKind.REPORT_KIND_VERSION;
            case INSTANCE -> ReportKind.REPORT_KIND_INSTANCE;
            case NODE -> ReportKind.REPORT_KIND_NODE;
            case GATEWAY -> ReportKind.REPORT_KIND_GATEWAY;
            case MESH -> ReportKind.REPORT_KIND_MESH;
            case ITEM_NOT_SET -> ReportKind.REPORT_KIND_UNSPECIFIED;
        };
    }
}
