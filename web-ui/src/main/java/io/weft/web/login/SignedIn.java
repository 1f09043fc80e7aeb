package io.weft.web.login;

import io.weft.web.hub.HubApi.Me;
import io.weft.web.hub.HubApi.Membership;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A person who has logged in, as long as the session lives. It is the only place where the person's tokens are. */
public final class SignedIn {
    static final String ATTRIBUTE = SignedIn.class.getName();

    private final OidcUser user;
    private final Instant since;
    /** One at a time renews the tokens: a used refresh token is good for nothing. */
    final ReentrantLock renewal = new ReentrantLock();

    private volatile OAuth2AuthorizedClient client;
    private volatile @Nullable Me me;
    private volatile Instant asked = Instant.MIN;

    SignedIn(OidcUser user, OAuth2AuthorizedClient client, Instant since) {
        this.user = user;
        this.client = client;
        this.since = since;
    }

    /** Who sent the request, if its session is somebody's. */
    public static Optional<SignedIn> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? Optional.empty() : of(session);
    }

    static Optional<SignedIn> of(HttpSession session) {
        try {
            return Optional.ofNullable((SignedIn) session.getAttribute(ATTRIBUTE));
        } catch (IllegalStateException ended) {
            return Optional.empty();
        }
    }

    /** Ends the session of a request. */
    public static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) return;
        try {
            session.invalidate();
        } catch (IllegalStateException ended) {
            return; // By another request at the same time.
        }
    }

    /** What the issuer calls the person. */
    public String name() {
        String preferred = user.getPreferredUsername();
        return preferred == null || preferred.isBlank() ? user.getName() : preferred;
    }

    /** As the hub said when it was last asked; empty before. */
    public List<Membership> tenants() {
        Me last = me;
        return last == null ? List.of() : last.tenants();
    }

    OidcUser user() {
        return user;
    }

    Instant since() {
        return since;
    }

    OAuth2AuthorizedClient client() {
        return client;
    }

    void renewed(OAuth2AuthorizedClient newer) {
        client = newer;
    }

    @Nullable
    Me me() {
        return me;
    }

    Instant asked() {
        return asked;
    }

    void answered(Me answer, Instant time) {
        me = answer;
        asked = time;
    }

    /** The issuer's name of the log-in, if it gives one. */
    @Nullable
    String issuersSession() {
        return user.getClaimAsString("sid");
    }
}
