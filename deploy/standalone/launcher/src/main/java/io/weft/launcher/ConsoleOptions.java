package io.weft.launcher;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How people reach Weft, and who says who they are.
 *
 * @param jar what the process runs
 * @param publicUrl how browsers call this machine, without a path
 * @param elsewhere whether others than this machine may connect
 * @param issuer URL of another program that people log in at; null: the console's own, with demo users
 * @param clientId what the console is called there
 * @param clientSecretFile what it proves itself by there; null: by nothing but PKCE
 */
public record ConsoleOptions(
        Path jar,
        String publicUrl,
        boolean elsewhere,
        @Nullable String issuer,
        String clientId,
        @Nullable Path clientSecretFile) {
    /** What the hub takes for the issuer of people's tokens. */
    public String issuerUrl() {
        return Optional.ofNullable(issuer).orElse(publicUrl + "/issuer");
    }

    /** Whether there are demo users. */
    public boolean demoUsers() {
        return issuer == null;
    }
}
