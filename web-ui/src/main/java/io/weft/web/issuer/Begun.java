package io.weft.web.issuer;

import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SavedRequest;

/** What a person wanted of the issuer before the log-in: always an authorization of the edge. */
final class Begun {
    private Begun() {}

    /** Where it goes on, on this server whatever host the request named. */
    static String target(@Nullable SavedRequest request) {
        if (!(request instanceof DefaultSavedRequest saved)) return "/";
        boolean authorization = (IssuerFilter.PATH + "/oauth2/authorize").equals(saved.getRequestURI());
        return authorization && saved.getQueryString() != null
                ? saved.getRequestURI() + "?" + saved.getQueryString()
                : "/";
    }
}
