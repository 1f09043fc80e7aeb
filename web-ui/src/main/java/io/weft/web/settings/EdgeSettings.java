package io.weft.web.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an edge is told by its environment; the name of each variable stands beside its field.
 *
 * @param httpPort {@code WEFT_HTTP_PORT}; 0 is any free one
 * @param httpAddress {@code WEFT_HTTP_ADDRESS}, the address of this machine that it listens at; null: all
 * @param publicUrl {@code WEFT_PUBLIC_URL}, how browsers call it, without a path
 * @param hubs {@code WEFT_HUB_URLS}, the replicas of the hub, separated by commas
 * @param issuer embedded unless {@code WEFT_OIDC_ISSUER} is there
 * @param requestsPerSecond {@code WEFT_RATE_LIMIT}, how many requests of one tenant are let through in the long run
 * @param exitOnStdinEof {@code WEFT_EXIT_ON_STDIN_EOF}
 */
public record EdgeSettings(
        int httpPort,
        @Nullable String httpAddress,
        URI publicUrl,
        List<URI> hubs,
        IssuerSettings issuer,
        int requestsPerSecond,
        boolean exitOnStdinEof) {
    public EdgeSettings {
        hubs = List.copyOf(hubs);
    }

    /** The URL of the issuer, as it stands in tokens. */
    public String issuerUrl() {
        return switch (issuer) {
            case IssuerSettings.Embedded embedded -> publicUrl + "/issuer";
            case IssuerSettings.External external -> external.issuer().toString();
        };
    }

    /** Whether browsers reach it by TLS, which somebody before it ends. */
    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    /** Whether there are demo users. */
    public boolean demo() {
        return issuer instanceof IssuerSettings.Embedded embedded && embedded.demoPasswordFile() != null;
    }

    /** Reads the variables that begin with {@code WEFT_}. */
    public static EdgeSettings read(Map<String, String> environment) throws InvalidSettingsException {
        return new SettingsReader(environment).read();
    }
}
