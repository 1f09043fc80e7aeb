package io.weft.web.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.stereotype.Component;

/** The access tokens of people with a session, renewed before they run out. */
@Component
public class PersonTokens {
    /** However busy a session is, after this the person logs in again. */
    static final Duration LONGEST = Duration.ofHours(10);

    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(45);
    private static final Logger LOG = LoggerFactory.getLogger(PersonTokens.class);

    private final RestClientRefreshTokenTokenResponseClient renewal = new RestClientRefreshTokenTokenResponseClient();
    private final InstantSource clock;

    PersonTokens(InstantSource clock, IssuerClient http) {
        this.clock = clock;
        renewal.setRestClient(http.restClient());
    }

    /** What there is to work with. */
    public sealed interface Answer {}

    public record Valid(String token) implements Answer {
        @Override
        public String toString() {
            return "Valid[***]";
        }
    }

    /** The issuer gives no more: the session is over. */
    public record Over() implements Answer {}

    /** The issuer cannot be asked, and the last token has run out. */
    public record Unavailable() implements Answer {}

    /** A token that is good for some time yet. */
    public Answer of(SignedIn person) {
        if (clock.instant().isAfter(person.since().plus(LONGEST))) return new Over();
        OAuth2AccessToken token = person.client().getAccessToken();
        if (lasts(token, BEFORE_EXPIRY)) return new Valid(token.getTokenValue());
        person.renewal.lock();
        try {
            OAuth2AccessToken newest = person.client().getAccessToken();
            return lasts(newest, BEFORE_EXPIRY) ? new Valid(newest.getTokenValue()) : renew(person);
        } finally {
            person.renewal.unlock();
        }
    }

    private boolean lasts(OAuth2AccessToken token, Duration longer) {
        Instant expiry = token.getExpiresAt();
        return expiry == null || clock.instant().plus(longer).isBefore(expiry);
    }

    private Answer renew(SignedIn person) {
        OAuth2AuthorizedClient client = person.client();
        OAuth2RefreshToken refresh = client.getRefreshToken();
        if (refresh == null) return stillValidOr(client, new Over());
        try {
            OAuth2AccessTokenResponse answer = renewal.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                    client.getClientRegistration(), client.getAccessToken(), refresh));
            OAuth2RefreshToken next = answer.getRefreshToken() == null ? refresh : answer.getRefreshToken();
            person.renewed(new OAuth2AuthorizedClient(
                    client.getClientRegistration(), client.getPrincipalName(), answer.getAccessToken(), next));
            return new Valid(answer.getAccessToken().getTokenValue());
        } catch (OAuth2AuthorizationException e) {
            String code = e.getError().getErrorCode();
            LOG.info("the tokens of {} were not renewed: {}", person.name(), code);
            return code.equals("invalid_grant") ? new Over() : stillValidOr(client, new Unavailable());
        }
    }

    private Answer stillValidOr(OAuth2AuthorizedClient client, Answer otherwise) {
        OAuth2AccessToken token = client.getAccessToken();
        return lasts(token, Duration.ZERO) ? new Valid(token.getTokenValue()) : otherwise;
    }
}
