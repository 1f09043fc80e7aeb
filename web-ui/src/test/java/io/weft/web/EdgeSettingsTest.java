package io.weft.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.IssuerSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says, and what is said about what is wrong in it. */
class EdgeSettingsTest {
    private static final Map<String, String> EXTERNAL = Map.of(
            "WEFT_HTTP_PORT", "8080",
            "WEFT_PUBLIC_URL", "https://weft.example/",
            "WEFT_HUB_URLS", "http://127.0.0.1:1, http://127.0.0.1:2",
            "WEFT_OIDC_ISSUER", "https://people.example/realms/weft");

    @Test
    void anIssuerElsewhereNeedsNoDatabase() throws Exception {
        EdgeSettings settings = EdgeSettings.read(EXTERNAL);

        assertThat(settings.publicUrl()).hasToString("https://weft.example");
        assertThat(settings.hubs()).hasSize(2);
        assertThat(settings.secure()).isTrue();
        assertThat(settings.demo()).isFalse();
        assertThat(settings.issuerUrl()).isEqualTo("https://people.example/realms/weft");
        assertThat(settings.issuer().clientId()).isEqualTo("weft-console");
        assertThat(settings.issuer()).isInstanceOf(IssuerSettings.External.class);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Map<String, String> wrong = Map.of(
                "WEFT_HTTP_PORT", "http",
                "WEFT_PUBLIC_URL", "https://weft.example/console",
                "WEFT_HUB_URLS", "http://127.0.0.1:1",
                "WEFT_OIDC_ISSUER", "https://people.example",
                "WEFT_COLOUR", "blue");

        assertThatThrownBy(() -> EdgeSettings.read(wrong))
                .hasMessageContaining("WEFT_HTTP_PORT: http (expected: a number from 0 to 65535)")
                .hasMessageContaining("WEFT_PUBLIC_URL: https://weft.example/console (expected: ")
                .hasMessageContaining("WEFT_COLOUR: unknown");
    }

    @Test
    void anIssuerOfOurOwnNeedsItsDatabaseAndSecrets() {
        assertThatThrownBy(() -> EdgeSettings.read(Map.of(
                        "WEFT_HTTP_PORT", "0",
                        "WEFT_PUBLIC_URL", "http://127.0.0.1:1",
                        "WEFT_HUB_URLS", "http://127.0.0.1:1")))
                .hasMessageContaining("WEFT_DB_URL: missing")
                .hasMessageContaining("WEFT_DB_ISSUER_PASSWORD: missing")
                .hasMessageContaining("WEFT_OIDC_CLIENT_SECRET_FILE: missing")
                .hasMessageContaining("WEFT_MASTER_KEY_FILE: missing");
    }

    @Test
    void passwordsAreShownNowhere() {
        assertThat(new IssuerSettings.Login("weft_issuer", "secret").toString()).doesNotContain("secret");
    }
}
