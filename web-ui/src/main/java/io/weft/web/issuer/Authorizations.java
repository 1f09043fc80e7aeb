package io.weft.web.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Log-ins under way and the refresh tokens of sessions, in memory as the sessions are: both end with the process. What lies
 * too long is dropped, what is too many as well.
 */
final class Authorizations implements OAuth2AuthorizationService {
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);
    private static final int MOST = 20_000;

    private final Cache<String, OAuth2Authorization> byId = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<String, OAuth2Authorization>writing(
                    (id, authorization) -> authorization.getAccessToken() == null ? UNDER_WAY : StoredClient.SESSION))
            .build();
    private final Cache<String, String> idByToken = Caffeine.newBuilder()
            .maximumSize(MOST * 4)
            .expireAfterWrite(StoredClient.SESSION)
            .build();

    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization before = byId.getIfPresent(authorization.getId());
        if (before != null) idByToken.invalidateAll(tokens(before));
        byId.put(authorization.getId(), authorization);
        tokens(authorization).forEach(token -> idByToken.put(token, authorization.getId()));
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        idByToken.invalidateAll(tokens(authorization));
        byId.invalidate(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return byId.getIfPresent(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        String id = idByToken.getIfPresent(token);
        OAuth2Authorization found = id == null ? null : byId.getIfPresent(id);
        return found != null && found.getToken(token) != null ? found : null;
    }

    private static List<String> tokens(OAuth2Authorization authorization) {
        return new ArrayList<>(Stream.of(
                        authorization.getToken(OAuth2AuthorizationCode.class),
                        authorization.getToken(OAuth2AccessToken.class),
                        authorization.getToken(OAuth2RefreshToken.class),
                        authorization.getToken(OidcIdToken.class))
                .filter(Objects::nonNull)
                .map(token -> token.getToken().getTokenValue())
                .toList());
    }
}
