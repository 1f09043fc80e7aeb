package io.weft.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's chart through Helm itself: what it renders is the manifest that the hub hands out. */
@RealCluster
class AgentChartIT {
    private static final Path CHART = Project.file("deploy/helm/weft-agent");

    @TempDir
    Path folder;

    static List<Map<String, String>> clusters() {
        return List.of(
                values("acme", "east", "hub.example:9443", CERTIFICATE, "weft-join.acme.east.4Zk_-0", "weft/agent:1"),
                values(
                        "t-1",
                        "eu-west-1.prod",
                        "198.18.0.1:65535",
                        CERTIFICATE + "\n" + CERTIFICATE,
                        "true",
                        "registry.example:5000/weft/agent@sha256:" + "0".repeat(64)),
                values("1e3", "0x10", "hub:1", CERTIFICATE, "", "null"));
    }

    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            bm90IGEgY2VydGlmaWNhdGU6IG9ubHkgaXRzIHNoYXBlIGlzIGFza2VkIGZvcg==
            AAAA+/==
            -----END CERTIFICATE-----""";

    private static Map<String, String> values(
            String tenant, String cluster, String hub, String authority, String token, String image) {
        return new TreeMap<>(Map.of(
                "tenant", tenant,
                "cluster", cluster,
                "hubAddress", hub,
                "hubCa", authority,
                "joinToken", token,
                "agentImage", image));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void theChartRendersTheObjectsOfTheManifest(Map<String, String> values) throws IOException {
        String rendered = Shell.must(helm("template", "weft-agent", CHART.toString(), "-f", file(values)), "");

        assertThat(objects(rendered)).hasSizeGreaterThan(8).isEqualTo(objects(manifest(values)));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void helmsOwnChecksFindNothing(Map<String, String> values) {
        String said = Shell.must(helm("lint", "--strict", CHART.toString(), "-f", file(values)), "");

        assertThat(said)
                .contains("0 chart(s) failed")
                .doesNotContain("[WARNING]")
                .doesNotContain("[ERROR]");
    }

    @Test
    void aValueThatIsMissingIsNamed() {
        Map<String, String> values = clusters().getFirst();
        for (String needed : List.of("tenant", "cluster", "hubAddress", "hubCa")) {
            Map<String, String> without = new TreeMap<>(values);
            without.remove(needed);

            Shell.Result result = Shell.run(helm("template", "weft-agent", CHART.toString(), "-f", file(without)));

            assertThat(result.status()).isNotZero();
            assertThat(result.errors()).contains(needed + " is needed");
        }
    }

    private List<String> helm(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("env", "HELM_CACHE_HOME=" + folder, "HELM_CONFIG_HOME=" + folder));
        command.addAll(List.of(
                "HELM_DATA_HOME=" + folder, RealClusterBinaries.require().helm()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String file(Map<String, String> values) {
        Path file = folder.resolve("values.yaml");
        ControlPlaneKeys.write(file, Serialization.asYaml(values));
        return file.toString();
    }

    private static String manifest(Map<String, String> values) throws IOException {
        try (InputStream stream = AgentChartIT.class.getResourceAsStream("/weft/agent.yaml.template")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(
                        "${" + value.getKey() + "}", value.getValue().replace("\n", "\n    "));
            }
            return text;
        }
    }

    /** Helm sorts what it renders by kind, so both are sorted here. */
    private static List<String> objects(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---$"))
                .filter(document -> !document.isBlank())
                .map(document -> Serialization.unmarshal(document, Map.class))
                .filter(object -> object != null && !object.isEmpty())
                .map(object -> Serialization.asJson(new TreeMap<Object, Object>(object)))
                .sorted()
                .toList();
    }
}
