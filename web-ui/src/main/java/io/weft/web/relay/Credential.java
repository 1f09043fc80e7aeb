package io.weft.web.relay;

import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;

/** What the edge itself found out about a request and tells to those who relay it. */
final class Credential {
    private static final String TOKEN = Credential.class.getName() + ".token";
    private static final String OWNER = Credential.class.getName() + ".owner";

    private Credential() {}

    /** The request is of a session; the hub gets this token in place of what the client sent. */
    static void set(ServerRequest request, String token, Object session) {
        request.attributes().put(TOKEN, token);
        request.attributes().put(OWNER, session);
    }

    static Optional<String> of(ServerRequest request) {
        return request.attribute(TOKEN).map(String.class::cast);
    }

    /** Whose the request is, as far as ending it goes. */
    static Object owner(ServerRequest request) {
        return request.attribute(OWNER).orElse(request.servletRequest());
    }
}
