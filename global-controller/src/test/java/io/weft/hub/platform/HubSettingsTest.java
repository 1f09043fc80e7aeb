package io.weft.hub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    private static Map<String, String> good() {
        Map<String, String> environment = new HashMap<>();
        environment.put("WEFT_DB_URL", "jdbc:postgresql://localhost:5432/weft");
        for (String role : new String[] {"OWNER", "APP", "JOB"}) {
            environment.put("WEFT_DB_" + role + "_USER", "u");
            environment.put("WEFT_DB_" + role + "_PASSWORD", "hidden-one");
        }
        environment.put("WEFT_HTTP_PORT", "8080");
        environment.put("WEFT_GRPC_PORT", "9090");
        environment.put("WEFT_PUBLIC_GRPC_ADDRESS", "hub.example:9090");
        environment.put("WEFT_DATA_DIR", "data");
        environment.put("WEFT_MASTER_KEY_FILE", "pom.xml");
        environment.put("PATH", "of others");
        return environment;
    }

    @Test
    void environmentOfTheLauncherIsEnough() throws InvalidSettingsException {
        HubSettings settings = HubSettings.read(good());

        assertThat(settings.publicGrpcHost()).isEqualTo("hub.example");
        assertThat(settings.bootstrapTenant()).isNull();
        assertThat(settings.oidcAudience()).isEqualTo("weft");
        assertThat(settings.agentCertificateLifetime()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        Map<String, String> environment = good();
        environment.remove("WEFT_DB_APP_PASSWORD");
        environment.put("WEFT_HTTP_PORT", "many");
        environment.put("WEFT_MASTER_KEY_FILE", "not-there");
        environment.put("WEFT_BOOTSTRAP_TENANT", "No Name");
        environment.put("WEFT_COLOUR", "blue");

        InvalidSettingsException wrong =
                catchThrowableOfType(InvalidSettingsException.class, () -> HubSettings.read(environment));

        assertThat(wrong.problems())
                .hasSize(5)
                .anySatisfy(p -> assertThat(p).startsWith("WEFT_DB_APP_PASSWORD: missing"))
                .anySatisfy(p -> assertThat(p).startsWith("WEFT_HTTP_PORT: many (expected:"))
                .anySatisfy(p -> assertThat(p).startsWith("WEFT_MASTER_KEY_FILE: not-there"))
                .anySatisfy(p -> assertThat(p).startsWith("WEFT_BOOTSTRAP_TENANT: "))
                .anySatisfy(p -> assertThat(p).startsWith("WEFT_COLOUR: unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT19.9S", "P31D", "-PT1H", "a day"})
    void aLifetimeThatNoAgentCouldLiveWithIsRefused(String lifetime) {
        Map<String, String> environment = good();
        environment.put("WEFT_AGENT_CERTIFICATE_LIFETIME", lifetime);

        assertThatThrownBy(() -> HubSettings.read(environment))
                .hasMessageContaining("WEFT_AGENT_CERTIFICATE_LIFETIME: " + lifetime + " (expected: a duration from");
    }

    @Test
    void passwordsAreShownNowhere() throws InvalidSettingsException {
        assertThat(HubSettings.read(good()).toString()).doesNotContain("hidden-one");
        Map<String, String> environment = good();
        environment.put("WEFT_DB_URL", "postgres://u:hidden-two@host/db");

        assertThatThrownBy(() -> HubSettings.read(environment)).message().doesNotContain("hidden");
    }
}
