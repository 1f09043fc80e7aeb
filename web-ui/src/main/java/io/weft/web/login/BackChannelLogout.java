package io.weft.web.login;

import com.nimbusds.jwt.JWTClaimNames;
import io.weft.web.settings.EdgeSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who logs out at the issuer is logged out here: OpenID Connect Back-Channel Logout 1.0. The token alone is the proof. */
@RestController
class BackChannelLogout {
    static final String PATH = "/logout/connect/back-channel/" + Registrations.NAME;

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(BackChannelLogout.class);

    private final Registrations registrations;
    private final Sessions sessions;
    private final IssuerClient http;
    private final EdgeSettings settings;
    private volatile @Nullable NimbusJwtDecoder decoder;

    BackChannelLogout(Registrations registrations, Sessions sessions, IssuerClient http, EdgeSettings settings) {
        this.registrations = registrations;
        this.sessions = sessions;
        this.http = http;
        this.settings = settings;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> logOut(@RequestParam("logout_token") String token) {
        try {
            Jwt logout = decoder().decode(token);
            String session = logout.getClaimAsString("sid");
            String subject = logout.getSubject();
            if (session == null && subject == null) return answer(400);
            sessions.end(person -> session != null
                    ? session.equals(person.issuersSession())
                    : Objects.equals(subject, person.user().getSubject()));
            return answer(200);
        } catch (JwtException e) {
            LOG.info("a log-out that is not the issuer's: {}", e.getMessage());
            return answer(400);
        }
    }

    private static ResponseEntity<Void> answer(int status) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .build();
    }

    private NimbusJwtDecoder decoder() {
        NimbusJwtDecoder made = decoder;
        if (made == null) {
            made = registrations.find().map(this::decoder).orElseThrow(() -> new JwtException("no issuer"));
            decoder = made;
        }
        return made;
    }

    private NimbusJwtDecoder decoder(ClientRegistration issuer) {
        NimbusJwtDecoder made = NimbusJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(issuer.getProviderDetails().getJwkSetUri()))
                .restOperations(http.restOperations())
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier((type, context) -> {}))
                .build();
        OAuth2TokenValidator<Jwt> ours = new JwtClaimValidator<Collection<String>>(
                JWTClaimNames.AUDIENCE, all -> all != null && all.contains(issuer.getClientId()));
        OAuth2TokenValidator<Jwt> isLogout = new JwtClaimValidator<Object>(
                "events", events -> events instanceof Map<?, ?> all && all.containsKey(EVENT));
        // The validator of claims takes one that is not there for a wrong one.
        OAuth2TokenValidator<Jwt> noNonce = token -> token.hasClaim("nonce")
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"))
                : OAuth2TokenValidatorResult.success();
        made.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(settings.issuerUrl()),
                ours,
                isLogout,
                noNonce,
                new JwtClaimValidator<Instant>(
                        JWTClaimNames.ISSUED_AT,
                        time -> time != null && time.plus(OLDEST).isAfter(Instant.now()))));
        return made;
    }
}
