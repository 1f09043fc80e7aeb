package io.weft.policy.bundle;

import io.weft.policy.image.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the JDK has it. */
public final class Sha256 {
    private static final HexFormat HEX = HexFormat.of();

    private Sha256() {}

    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static Hash of(byte[] bytes) {
        return hash(start().digest(bytes));
    }

    static Hash hash(byte[] digest) {
        return new Hash(HEX.formatHex(digest));
    }

    static byte[] bytes(Hash hash) {
        return HEX.parseHex(hash.hex());
    }
}
