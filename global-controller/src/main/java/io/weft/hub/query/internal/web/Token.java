package io.weft.hub.query.internal.web;

import io.weft.hub.platform.web.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What {@code continue} is: the place of the last row in the order of the list, opaque to the reader. */
final class Token {
    /** Longer texts are searched for in vain. */
    static final int LONGEST_TEXT = 253;

    private Token() {}

    static String of(String... parts) {
        byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** 400 for what no page answered. */
    static String[] read(String token, int parts) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] found = text.split("\n", -1);
            if (found.length == parts && text.indexOf(0) < 0) return found;
        } catch (IllegalArgumentException e) {
            throw PageRequest.wrong("continue", token, "what the page before answered", e);
        }
        throw PageRequest.wrong("continue", token, "what the page before answered", null);
    }
}
