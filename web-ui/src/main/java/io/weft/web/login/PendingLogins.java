package io.weft.web.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/** Log-ins that have begun and not come back, several at once: a person may have more than one tab open. */
@Component
final class PendingLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    /** The attribute of a log-in, and of the request that completes it: where the person goes then. */
    static final String RETURN_TO = "weft.returnTo";

    private static final String ATTRIBUTE = PendingLogins.class.getName();
    private static final int MOST = 8;
    /** A session that is nobody's yet. */
    private static final int SECONDS = 15 * 60;

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String state = request.getParameter("state");
        return session == null || state == null ? null : pending(session).get(state);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
        if (login == null) {
            removeAuthorizationRequest(request, response);
            return;
        }
        HttpSession session = request.getSession();
        if (session.isNew()) session.setMaxInactiveInterval(SECONDS);
        Map<String, OAuth2AuthorizationRequest> all = new LinkedHashMap<>(pending(session));
        while (all.size() >= MOST) all.remove(all.keySet().iterator().next());
        all.put(login.getState(), login);
        session.setAttribute(ATTRIBUTE, all);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest login = loadAuthorizationRequest(request);
        if (login == null) return null;
        HttpSession session = request.getSession();
        Map<String, OAuth2AuthorizationRequest> all = new LinkedHashMap<>(pending(session));
        all.remove(login.getState());
        session.setAttribute(ATTRIBUTE, all);
        request.setAttribute(RETURN_TO, login.getAttribute(RETURN_TO));
        return login;
    }

    /** Never changed in place: tabs come at the same time. */
    @SuppressWarnings("unchecked")
    private static Map<String, OAuth2AuthorizationRequest> pending(HttpSession session) {
        Object all = session.getAttribute(ATTRIBUTE);
        return all == null ? Map.of() : (Map<String, OAuth2AuthorizationRequest>) all;
    }
}
