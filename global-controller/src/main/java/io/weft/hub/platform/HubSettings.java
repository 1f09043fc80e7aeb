package io.weft.hub.platform;

import io.weft.policy.model.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hub is told by its environment; the name of each variable stands beside its field.
 *
 * @param databaseUrl {@code WEFT_DB_URL}, of JDBC
 * @param owner {@code WEFT_DB_OWNER_USER}, {@code WEFT_DB_OWNER_PASSWORD}: migrates and owns the tables
 * @param app {@code WEFT_DB_APP_USER}, {@code WEFT_DB_APP_PASSWORD}: row-level security holds for it
 * @param job {@code WEFT_DB_JOB_USER}, {@code WEFT_DB_JOB_PASSWORD}: may look over all tenants
 * @param httpPort {@code WEFT_HTTP_PORT}; 0 is any free one
 * @param grpcPort {@code WEFT_GRPC_PORT}; 0 is any free one
 * @param publicGrpcAddress {@code WEFT_PUBLIC_GRPC_ADDRESS}, host:port at which agents reach the hub; its host is in the hub's certificate
 * @param dataDirectory {@code WEFT_DATA_DIR}
 * @param masterKeyFile {@code WEFT_MASTER_KEY_FILE}, 32 random bytes in base64; encrypts the keys kept in the database
 * @param bootstrapTenant {@code WEFT_BOOTSTRAP_TENANT}, made at start if it is not there
 * @param bootstrapTokenFile {@code WEFT_BOOTSTRAP_TOKEN_FILE}, holds an administrator's token of that tenant
 * @param oidcIssuer {@code WEFT_OIDC_ISSUER}; null: only API tokens
 * @param oidcAudience {@code WEFT_OIDC_AUDIENCE}, what the audience of an accepted token must contain
 * @param agentImage {@code WEFT_AGENT_IMAGE}, what the manifest's Deployment runs
 * @param agentCertificateLifetime {@code WEFT_AGENT_CERTIFICATE_LIFETIME}, as in PT24H, from 20 s to 30 days; agents renew
 *     their certificate at half of it, and one whose certificate has expired can only renew
 * @param exitOnStdinEof {@code WEFT_EXIT_ON_STDIN_EOF}
 */
public record HubSettings(
        String databaseUrl,
        Login owner,
        Login app,
        Login job,
        int httpPort,
        int grpcPort,
        String publicGrpcAddress,
        Path dataDirectory,
        Path masterKeyFile,
        @Nullable TenantId bootstrapTenant,
        @Nullable Path bootstrapTokenFile,
        @Nullable String oidcIssuer,
        String oidcAudience,
        String agentImage,
        Duration agentCertificateLifetime,
        boolean exitOnStdinEof) {
    /** A database user. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    /** Reads the variables that begin with {@code WEFT_}. */
    public static HubSettings read(Map<String, String> environment) throws InvalidSettingsException {
        return new SettingsReader(environment).read();
    }

    /** The host of {@link #publicGrpcAddress}. */
    public String publicGrpcHost() {
        return publicGrpcAddress.substring(0, publicGrpcAddress.lastIndexOf(':'));
    }
}
