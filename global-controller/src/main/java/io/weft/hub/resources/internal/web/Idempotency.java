package io.weft.hub.resources.internal.web;

import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.web.Body;
import io.weft.hub.platform.web.PageRequest;
import io.weft.hub.resources.internal.ResourceWrites.Once;
import io.weft.policy.image.Hash;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of a request. A key belongs to the caller who chose it: nobody meets another's. */
final class Idempotency {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private Idempotency() {}

    static @Nullable Once of(HttpServletRequest request, TenantCaller caller, @Nullable Body body) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null) return null;
        if (!FORM.matcher(key).matches()) {
            throw PageRequest.wrong("Idempotency-Key", "malformed", "1 to 200 printable characters", null);
        }
        String query = request.getQueryString();
        byte[] content = body == null ? new byte[0] : body.bytes();
        return new Once(
                caller.subject() + " " + key,
                hash(
                        request.getMethod(),
                        request.getRequestURI(),
                        query == null ? "" : query,
                        text(request.getHeader("If-Match")),
                        text(request.getHeader("If-None-Match")),
                        content));
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }

    private static Hash hash(String method, String path, String query, String match, String noneMatch, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {method, path, query, match, noneMatch}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            digest.update(body);
            return new Hash(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
