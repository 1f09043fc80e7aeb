package io.weft.web.login;

import io.weft.web.hub.OpenStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Everybody's sessions. A session that ends takes the streams of events with it. */
@Component
final class Sessions implements OAuth2AuthorizedClientRepository, HttpSessionListener {
    /** Without any request, a session ends after this. */
    static final Duration IDLE = Duration.ofHours(2);

    private final Map<SignedIn, HttpSession> all = new ConcurrentHashMap<>();
    private final OpenStreams streams;
    private final InstantSource clock;

    Sessions(OpenStreams streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    /** A person's tokens have come: the session is that person's from now on. */
    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client,
            Authentication principal,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!(principal.getPrincipal() instanceof OidcUser user)) throw new IllegalStateException("not a person");
        HttpSession session = request.getSession();
        SignedIn.of(session).ifPresent(this::forget);
        SignedIn person = new SignedIn(user, client, clock.instant());
        session.setAttribute(SignedIn.ATTRIBUTE, person);
        session.setMaxInactiveInterval((int) IDLE.toSeconds());
        all.put(person, session);
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        SignedIn.of(event.getSession()).ifPresent(this::forget);
    }

    private void forget(SignedIn person) {
        all.remove(person);
        streams.end(person);
    }

    /** Ends those sessions. */
    void end(Predicate<SignedIn> which) {
        all.forEach((person, session) -> {
            if (!which.test(person)) return;
            try {
                session.invalidate();
            } catch (IllegalStateException ended) {
                forget(person);
            }
        });
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registration, Authentication principal, HttpServletRequest request) {
        return (T) SignedIn.of(request).map(SignedIn::client).orElse(null);
    }

    @Override
    public void removeAuthorizedClient(
            String registration, Authentication principal, HttpServletRequest request, HttpServletResponse response) {
        SignedIn.end(request);
    }
}
