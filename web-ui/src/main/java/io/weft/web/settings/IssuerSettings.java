package io.weft.web.settings;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who says who a person is. */
public sealed interface IssuerSettings {
    /** {@code WEFT_OIDC_CLIENT_ID}: what the edge is called there. */
    String clientId();

    /** {@code WEFT_OIDC_CLIENT_SECRET_FILE}; null: the edge is a public client there and proves itself by PKCE alone. */
    @Nullable
    Path clientSecretFile();

    /**
     * The issuer in this process, at the path {@code /issuer} of the public URL.
     *
     * @param databaseUrl {@code WEFT_DB_URL}, of JDBC
     * @param owner {@code WEFT_DB_OWNER_USER}, {@code WEFT_DB_OWNER_PASSWORD}: migrates and owns the tables
     * @param user {@code WEFT_DB_ISSUER_USER}, {@code WEFT_DB_ISSUER_PASSWORD}: what the issuer works as
     * @param masterKeyFile {@code WEFT_MASTER_KEY_FILE}, 32 random bytes in base64; encrypts the signing keys in the database
     * @param demoPasswordFile {@code WEFT_DEMO_PASSWORD_FILE}, the password of the demo users; null: there are none
     */
    record Embedded(
            String clientId,
            Path clientSecretFile,
            String databaseUrl,
            Login owner,
            Login user,
            Path masterKeyFile,
            @Nullable Path demoPasswordFile)
            implements IssuerSettings {}

    /** Another program, such as Keycloak; {@code WEFT_OIDC_ISSUER} is its URL. */
    record External(String clientId, @Nullable Path clientSecretFile, URI issuer) implements IssuerSettings {}

    /** A database user. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }
}
