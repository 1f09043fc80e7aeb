package io.weft.web.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a person goes after the log-in: a page of the console and nowhere else. */
final class ReturnTo {
    private static final int LONGEST = 2000;
    /** What a browser may show as it stands; no backslash, which browsers read as a slash. */
    private static final Pattern PLAIN = Pattern.compile("[!-\\[\\]-~]*");

    private static final Pattern NOT_A_PAGE =
            Pattern.compile("/(api|oauth2|login|logout|issuer|session|healthz|readyz)(/.*)?");

    private ReturnTo() {}

    /** The path, with its query, or {@code /}. */
    static String checked(@Nullable String asked) {
        if (asked == null
                || asked.length() > LONGEST
                || !asked.startsWith("/")
                || !PLAIN.matcher(asked).matches()) {
            return "/";
        }
        try {
            // The parser takes "///evil" for a path with an empty authority; browsers take it for a host.
            String path = asked.split("[?#]", 2)[0];
            URI target = URI.create(asked);
            boolean local = target.getScheme() == null
                    && target.getRawAuthority() == null
                    && !path.contains("//")
                    && !hidesSlash(path)
                    && path.equals(target.normalize().getRawPath());
            return local && !NOT_A_PAGE.matcher(path).matches() ? asked : "/";
        } catch (IllegalArgumentException notOne) {
            return "/";
        }
    }

    /** What a request asked for, if it may go there again: a page of the console, or the log-in. */
    static String withLogin(HttpServletRequest request) {
        String query = request.getQueryString();
        String asked = request.getRequestURI() + (query == null ? "" : "?" + query);
        return LoginRequests.is(request) && PLAIN.matcher(asked).matches() ? asked : checked(asked);
    }

    private static boolean hidesSlash(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.contains("%2f") || lower.contains("%5c") || lower.contains("%25") || lower.contains("%2e");
    }
}
