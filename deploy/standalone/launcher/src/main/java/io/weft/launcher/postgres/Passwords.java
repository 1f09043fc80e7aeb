package io.weft.launcher.postgres;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of the database's users: {@code postgres}, {@code weft_owner}, {@code weft_app}, {@code weft_job}, {@code weft_issuer}. */
public record Passwords(String superuser, String owner, String app, String job, String issuer) {
    public static Passwords random() {
        return new Passwords(word(), word(), word(), word(), word());
    }

    /** 192 random bits, of letters, digits, '-' and '_' only. */
    private static String word() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Passwords[***]";
    }
}
