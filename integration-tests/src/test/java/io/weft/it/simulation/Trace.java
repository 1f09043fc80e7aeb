package io.weft.it.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Everything that happens in a run, as one hash: two runs that differ anywhere differ here. */
final class Trace {
    private final MessageDigest digest;
    private long length;

    Trace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void add(String what) {
        add(what.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] what) {
        digest.update(what);
        digest.update((byte) 0);
        length++;
    }

    /** How much happened, and the hash of it. The trace ends with this. */
    String end() {
        return length + " " + HexFormat.of().formatHex(digest.digest());
    }
}
