package io.weft.protocol;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256, or {@link #NONE} where the wire has an empty field. Versions of bundles are digests too. */
public record Digest(ByteString bytes) implements Comparable<Digest> {
    public static final Digest NONE = new Digest(ByteString.EMPTY);
    public static final int LENGTH = 32;

    public Digest {
        if (!bytes.isEmpty() && bytes.size() != LENGTH) {
            throw new IllegalArgumentException("digest: " + bytes.size() + " bytes (expected: 32, or none)");
        }
    }

    /** @param hex 64 hexadecimal digits */
    public static Digest ofHex(String hex) {
        return new Digest(ByteString.copyFrom(HexFormat.of().parseHex(hex)));
    }

    public static Digest sha256(ByteString content) {
        MessageDigest sha = newSha256();
        sha.update(content.asReadOnlyByteBuffer());
        return new Digest(ByteString.copyFrom(sha.digest()));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public boolean isNone() {
        return bytes.isEmpty();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public int compareTo(Digest other) {
        return ByteString.unsignedLexicographicalComparator().compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return isNone() ? "none" : hex().substring(0, 12);
    }
}
