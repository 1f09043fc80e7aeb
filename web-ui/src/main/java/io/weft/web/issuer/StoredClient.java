package io.weft.web.issuer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The one client, which is the edge. It is stored when the process starts, with the hash of its secret. */
final class StoredClient implements RegisteredClientRepository {
    static final Duration SESSION = Duration.ofHours(10);
    private static final Duration ACCESS = Duration.ofMinutes(5);

    private final JdbcClient database;
    private volatile @Nullable RegisteredClient client;

    StoredClient(JdbcClient database) {
        this.database = database;
    }

    void ensure(String clientId, String secret, String publicUrl) {
        database.sql("""
                        insert into issuer.client (client_id, secret_hash, public_url) values (?, ?, ?)
                        on conflict (client_id) do update
                            set secret_hash = excluded.secret_hash, public_url = excluded.public_url""").params(clientId, SecretHash.of(secret), publicUrl).update();
        client = database.sql("select secret_hash, public_url from issuer.client where client_id = ?")
                .param(clientId)
                .query((row, number) -> client(clientId, row.getString(1), row.getString(2)))
                .single();
    }

    private static RegisteredClient client(String id, String secretHash, String publicUrl) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secretHash)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(publicUrl + "/login/oauth2/code/weft")
                .postLogoutRedirectUri(publicUrl + "/")
                .scopes(scopes -> scopes.addAll(java.util.List.of("openid", "profile", "email")))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS)
                        .refreshTokenTimeToLive(SESSION)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    @Override
    public void save(RegisteredClient changed) {
        throw new UnsupportedOperationException("clients are not registered at run time");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        RegisteredClient known = client;
        return known != null && known.getClientId().equals(clientId) ? known : null;
    }

    /** For secrets of 256 random bits, which need no slow hash: a token request costs microseconds. */
    static final class SecretHash implements PasswordEncoder {
        static String of(CharSequence secret) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(secret.toString().getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public @Nullable String encode(@Nullable CharSequence secret) {
            return secret == null ? null : of(secret);
        }

        @Override
        public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
            return secret != null
                    && hash != null
                    && MessageDigest.isEqual(
                            of(secret).getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
        }
    }
}
