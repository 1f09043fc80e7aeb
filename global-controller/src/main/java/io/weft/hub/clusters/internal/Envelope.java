package io.weft.hub.clusters.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption by AES-256-GCM: each secret has a key of its own, and that key is encrypted by the master key. Both
 * are bound to what the secret is for, so a row copied to another place cannot be opened there.
 */
final class Envelope {
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final byte VERSION = 1;

    private final SecureRandom random = new SecureRandom();
    private final byte[] master;

    Envelope(byte[] master) {
        if (master.length != KEY) throw new IllegalArgumentException("master key: not 32 bytes");
        this.master = master.clone();
    }

    /** Reads the master key: 32 bytes in base64. */
    static Envelope of(Path file) {
        try {
            byte[] key = Base64.getMimeDecoder()
                    .decode(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
            return new Envelope(key);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "WEFT_MASTER_KEY_FILE: " + file + " (expected: 32 random bytes in base64)", e);
        }
    }

    byte[] seal(byte[] secret, String purpose) {
        byte[] key = random(KEY);
        byte[] wrapped = crypt(Cipher.ENCRYPT_MODE, master, random(NONCE), key, purpose);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, random(NONCE), secret, purpose);
        return ByteBuffer.allocate(1 + wrapped.length + sealed.length)
                .put(VERSION)
                .put(wrapped)
                .put(sealed)
                .array();
    }

    /** Throws IllegalStateException when the master key is another one, or what was sealed was changed. */
    byte[] open(byte[] envelope, String purpose) {
        ByteBuffer buffer = ByteBuffer.wrap(envelope);
        if (buffer.get() != VERSION) throw new IllegalStateException("envelope: unknown version");
        byte[] key = open(master, buffer, NONCE + KEY + TAG, purpose);
        return open(key, buffer, buffer.remaining(), purpose);
    }

    private static byte[] open(byte[] key, ByteBuffer buffer, int length, String purpose) {
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[length - NONCE];
        buffer.get(nonce).get(sealed);
        byte[] answer = crypt(Cipher.DECRYPT_MODE, key, nonce, sealed, purpose);
        byte[] plain = new byte[answer.length - NONCE];
        System.arraycopy(answer, NONCE, plain, 0, plain.length);
        return plain;
    }

    /** The nonce, and what the cipher made of the text. */
    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] text, String purpose) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            byte[] result = cipher.doFinal(text);
            return ByteBuffer.allocate(NONCE + result.length)
                    .put(nonce)
                    .put(result)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    purpose + ": cannot be opened (expected: the master key that sealed it)", e);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
