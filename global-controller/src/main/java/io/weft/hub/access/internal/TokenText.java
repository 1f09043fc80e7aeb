package io.weft.hub.access.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token as it is shown: {@code weft_<id>_<secret>}, the id 16 hexadecimal digits, the secret 256 random bits. */
public record TokenText(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("weft_([0-9a-z]{8,32})_([0-9A-Za-z_-]{43,128})");
    private static final SecureRandom RANDOM = new SecureRandom();

    public static TokenText random() {
        return new TokenText(
                HexFormat.of().formatHex(bytes(8)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
    }

    public static Optional<TokenText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What is stored. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String credential() {
        return "weft_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "weft_" + id + "_***";
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
