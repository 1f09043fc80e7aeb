package io.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart by the few forms of Helm's language that it uses; Helm itself is not asked here. */
class AgentChartTest {
    private static final Pattern BLOCK =
            Pattern.compile("\\s*\\{\\{- required \"[^\"]*\" \\.Values\\.(\\w+) \\| trim \\| nindent 4 }}");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ (?:required \"[^\"]*\" )?\\.Values\\.(\\w+) }}");
    private static final Map<String, String> VALUES = Map.of(
            "tenant", "acme",
            "cluster", "east",
            "hubAddress", "hub.example:9443",
            "hubCa", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "joinToken", "join-token",
            "agentImage", "weft/cluster-agent:1");

    private static String indented(String value) {
        return Objects.requireNonNull(value).replace("\n", "\n    ");
    }

    private static String value(String name) {
        return Objects.requireNonNull(VALUES.get(name), name);
    }

    private static String manifest() throws IOException {
        try (InputStream stream = AgentChartTest.class.getResourceAsStream("/weft/agent.yaml.template")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : VALUES.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", indented(value.getValue()));
            }
            return text;
        }
    }

    private static String chart() throws IOException {
        String text = Files.readString(Path.of("../../deploy/helm/weft-agent/templates/agent.yaml"));
        text = BLOCK.matcher(text).replaceAll(match -> "\n    " + indented(value(match.group(1))));
        return VALUE.matcher(text).replaceAll(match -> value(match.group(1)));
    }

    private static List<Object> documents(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---$"))
                .map(document -> (Object) Serialization.unmarshal(document, Map.class))
                .toList();
    }

    @Test
    void theChartHasTheObjectsOfTheManifest() throws IOException {
        assertThat(chart()).doesNotContain("{{");
        assertThat(documents(chart())).hasSizeGreaterThan(8).isEqualTo(documents(manifest()));
    }

    @Test
    void theChartNamesEachOfItsValues() throws IOException {
        Map<?, ?> values = Serialization.unmarshal(
                Files.readString(Path.of("../../deploy/helm/weft-agent/values.yaml")), Map.class);

        assertThat(values.keySet().stream().map(String::valueOf)).containsExactlyInAnyOrderElementsOf(VALUES.keySet());
    }
}
