package io.weft.web.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weft.web.answer.Problem;
import io.weft.web.hub.HubApi;
import io.weft.web.hub.HubApi.Me;
import io.weft.web.hub.HubApi.Membership;
import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.IssuerSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /session}: who the person is, what the person may see, and what writes need. */
@RestController
class SessionController {
    /** For so long the hub's last answer holds. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    record Nobody(boolean authenticated, String loginUrl) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(String name, String displayName, @Nullable String email) {}

    record Csrf(String headerName, String token) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Issuer(String kind, @Nullable String accountUrl) {}

    record Somebody(
            boolean authenticated,
            User user,
            List<Membership> tenants,
            boolean platformAdministrator,
            Csrf csrf,
            Instant expiresAt,
            Issuer issuer,
            boolean demo) {}

    private final HubApi hub;
    private final PersonTokens tokens;
    private final EdgeSettings settings;
    private final InstantSource clock;

    SessionController(HubApi hub, PersonTokens tokens, EdgeSettings settings, InstantSource clock) {
        this.hub = hub;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/session")
    @Nullable
    Object session(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<SignedIn> signedIn = SignedIn.of(request);
        if (signedIn.isEmpty()) return nobody();
        SignedIn person = signedIn.get();
        return switch (tokens.of(person)) {
            case PersonTokens.Valid valid -> somebody(request, response, person, valid.token());
            case PersonTokens.Unavailable unavailable -> problem(Problem.issuerUnavailable(), response);
            case PersonTokens.Over over -> {
                SignedIn.end(request);
                yield nobody();
            }
        };
    }

    private @Nullable Object somebody(
            HttpServletRequest request, HttpServletResponse response, SignedIn person, String token)
            throws IOException {
        Me me = ask(person, token);
        if (me == null) return problem(Problem.hubUnavailable(), response);
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String displayName = person.user().getFullName();
        return new Somebody(
                true,
                new User(
                        person.name(),
                        displayName == null ? person.name() : displayName,
                        person.user().getEmail()),
                me.tenants(),
                me.platformAdministrator(),
                new Csrf(csrf.getHeaderName(), csrf.getToken()),
                expiry(person),
                issuer(),
                settings.demo());
    }

    /** What the hub says now, or said last; null when it never did. */
    private @Nullable Me ask(SignedIn person, String token) {
        if (person.me() != null && clock.instant().isBefore(person.asked().plus(FRESH))) return person.me();
        try {
            Me me = hub.me(token);
            person.answered(me, clock.instant());
            return me;
        } catch (IOException unavailable) {
            return person.me();
        }
    }

    /** The earlier of both ends; each request moves the first. */
    private Instant expiry(SignedIn person) {
        Instant idle = clock.instant().plus(Sessions.IDLE);
        Instant longest = person.since().plus(PersonTokens.LONGEST);
        return idle.isBefore(longest) ? idle : longest;
    }

    private Issuer issuer() {
        return switch (settings.issuer()) {
            case IssuerSettings.Embedded embedded -> new Issuer("embedded", null);
            case IssuerSettings.External external -> new Issuer("external", accountUrl(external));
        };
    }

    /** Keycloak has a page for people's own accounts. */
    private static @Nullable String accountUrl(IssuerSettings.External external) {
        String url = external.issuer().toString();
        return url.contains("/realms/") ? url + "/account" : null;
    }

    private static Nobody nobody() {
        return new Nobody(false, LoginRequests.PATH);
    }

    private static @Nullable Object problem(Problem problem, HttpServletResponse response) throws IOException {
        problem.write(response);
        return null;
    }
}
