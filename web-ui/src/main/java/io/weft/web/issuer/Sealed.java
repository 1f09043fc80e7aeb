package io.weft.web.issuer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts by the master key what lies in the database: AES-256-GCM, bound to what it is for. */
final class Sealed {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;

    private Sealed(SecretKey key) {
        this.key = key;
    }

    /** @throws IllegalStateException the file does not have 32 bytes in base64 */
    static Sealed with(Path masterKeyFile) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Files.readString(masterKeyFile).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("WEFT_MASTER_KEY_FILE: not base64 (expected: 32 bytes in base64)", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "WEFT_MASTER_KEY_FILE: " + bytes.length + " bytes (expected: 32 bytes in base64)");
        }
        return new Sealed(new SecretKeySpec(bytes, "AES"));
    }

    byte[] seal(String text, String purpose) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    String open(byte[] sealed, String purpose) throws GeneralSecurityException {
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] text =
                cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        return new String(text, StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
