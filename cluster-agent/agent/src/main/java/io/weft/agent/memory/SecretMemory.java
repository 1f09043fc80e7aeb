package io.weft.agent.memory;

import com.google.protobuf.ByteString;
import io.weft.agent.platform.Secrets;
import io.weft.agent.platform.Secrets.Secret;
import io.weft.protocol.Digest;
import io.weft.protocol.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The held bundle as Secrets of the agent's namespace. The head names a generation, how many parts it has, and the hash
 * of the whole; it carries the first part itself, so that a small bundle is one write. Further parts are written before
 * the head that names them and deleted after it: a set that was written by half is never read.
 */
public final class SecretMemory implements Memory {
    static final String HEAD = "weft-bundle";

    /** A Secret holds one mebibyte, with its names and base64 left out of account. */
    private static final int PART_BYTES = 900 * 1024;

    private final Secrets secrets;
    private final int partBytes;
    private @Nullable Secret head;

    public SecretMemory(Secrets secrets) {
        this(secrets, PART_BYTES);
    }

    SecretMemory(Secrets secrets, int partBytes) {
        this.secrets = secrets;
        this.partBytes = partBytes;
    }

    @Override
    public StoredBundle load() throws IOException {
        head = secrets.read(HEAD).orElse(null);
        if (head == null) return StoredBundle.NOTHING;
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.bytes("part"));
        long generation = number(head, "generation");
        for (int part = 1; part < number(head, "parts"); part++) {
            String name = part(generation, part);
            Secret secret = secrets.read(name).orElseThrow(() -> new IOException("secret: " + name + " is missing"));
            whole.write(secret.bytes("part"));
        }
        byte[] bytes = whole.toByteArray();
        String hash = Digest.sha256(ByteString.copyFrom(bytes)).hex();
        if (!hash.equals(head.text("hash"))) throw new IOException("held bundle: not the bytes that its hash says");
        return BundleCodec.decode(bytes);
    }

    @Override
    public void save(StoredBundle bundle) throws IOException {
        Secret before = head == null ? secrets.read(HEAD).orElse(null) : head;
        if (before != null) refuseLower(bundle.place(), place(before));
        byte[] bytes = BundleCodec.encode(bundle);
        long generation = before == null ? 1 : number(before, "generation") + 1;
        int parts = Math.max(1, (bytes.length + partBytes - 1) / partBytes);
        for (int part = 1; part < parts; part++) {
            secrets.replace(part(generation, part), Map.of("part", slice(bytes, part)));
        }
        Map<String, byte[]> data = new HashMap<>();
        data.put("generation", text(generation));
        data.put("parts", text(parts));
        data.put("incarnation", text(bundle.place().incarnation()));
        data.put("position", text(bundle.place().position()));
        data.put("hash", Digest.sha256(ByteString.copyFrom(bytes)).hex().getBytes(StandardCharsets.US_ASCII));
        data.put("part", slice(bytes, 0));
        head = null; // until it is known what is there
        head = secrets.write(HEAD, data, before);
        if (before != null) forget(before);
    }

    private void forget(Secret before) throws IOException {
        for (int part = 1; part < number(before, "parts"); part++) {
            secrets.delete(part(number(before, "generation"), part));
        }
    }

    private static void refuseLower(Place wanted, Place there) throws IOException {
        if (wanted.isBefore(there)) throw new IOException("place: " + wanted + " (expected: at least " + there + ")");
    }

    private static Place place(Secret secret) throws IOException {
        return new Place(number(secret, "incarnation"), number(secret, "position"));
    }

    private byte[] slice(byte[] bytes, int part) {
        return Arrays.copyOfRange(bytes, part * partBytes, Math.min(bytes.length, (part + 1) * partBytes));
    }

    private static String part(long generation, int part) {
        return HEAD + "-" + generation + "-" + part;
    }

    private static long number(Secret secret, String key) throws IOException {
        try {
            return Long.parseLong(secret.text(key));
        } catch (NumberFormatException e) {
            throw new IOException("secret: " + secret.name() + " has no " + key, e);
        }
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
