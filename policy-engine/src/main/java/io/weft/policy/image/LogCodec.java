package io.weft.policy.image;

import io.weft.policy.bundle.Canonical;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries as canonical bytes, and the chain of hashes. A record's hash is SHA-256 over: parent (32 bytes), position
 * (8 bytes), seconds and nanoseconds of the time (8 and 4 bytes), length (4 bytes) and bytes of the entry; numbers
 * big-endian.
 */
public final class LogCodec {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(
                    i -> i.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private LogCodec() {}

    public static byte[] encode(LogEntry entry) {
        return Canonical.bytes(MAPPER.valueToTree(entry));
    }

    public static LogEntry decode(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, LogEntry.class);
        } catch (InvalidTypeIdException unknown) {
            throw new UnknownEntryException("entry of an unknown type", unknown);
        } catch (JacksonException broken) {
            throw new UnknownEntryException("entry that cannot be read", broken);
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The record of an entry at its place; the time is truncated to microseconds. */
    public static LogRecord seal(long position, Hash parent, Instant time, LogEntry entry) {
        Instant stored = time.truncatedTo(ChronoUnit.MICROS);
        return new LogRecord(position, parent, hash(position, parent, stored, encode(entry)), stored, entry);
    }

    /** The record as read from a store. Throws {@link BrokenHistoryException} when the bytes were not sealed so. */
    public static LogRecord open(long position, Hash parent, Hash hash, Instant time, byte[] entry) {
        if (!hash(position, parent, time, entry).equals(hash)) {
            throw new BrokenHistoryException("hash of position " + position + ": " + hash + " (expected: another)");
        }
        return new LogRecord(position, parent, hash, time, decode(entry));
    }

    private static Hash hash(long position, Hash parent, Instant time, byte[] entry) {
        ByteBuffer head = ByteBuffer.allocate(32 + 8 + 8 + 4 + 4)
                .put(HexFormat.of().parseHex(parent.hex()))
                .putLong(position)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .putInt(entry.length)
                .flip();
        MessageDigest digest = sha256();
        digest.update(head);
        return new Hash(HexFormat.of().formatHex(digest.digest(entry)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
