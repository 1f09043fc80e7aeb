package io.weft.agent;

import io.weft.agent.link.HubAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told from outside.
 *
 * @param hub {@code WEFT_HUB_ADDRESS}
 * @param hubCa PEM, from {@code WEFT_HUB_CA_FILE}
 * @param joinTokenFile {@code WEFT_JOIN_TOKEN_FILE}; read only when the cluster has not joined yet, and never logged
 * @param namespace {@code POD_NAMESPACE}: the agent's own, where its Secrets and its Lease are
 * @param podName {@code POD_NAME}: which replica this is
 * @param meshNamespace {@code WEFT_MESH_NAMESPACE}: where the mesh's control plane is; {@code istio-system}
 * @param httpPort {@code WEFT_HTTP_PORT}: health and metrics; 8080, 0 for any
 */
public record AgentSettings(
        HubAddress hub,
        String hubCa,
        Path joinTokenFile,
        String namespace,
        String podName,
        String meshNamespace,
        int httpPort) {

    /** All that is wrong with the settings, at once. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(List<String> problems) {
            super(String.join("\n", problems));
        }
    }

    public static AgentSettings of(Map<String, String> environment) throws Invalid {
        Reader reader = new Reader(environment);
        HubAddress hub = reader.read("WEFT_HUB_ADDRESS", "", "host:port", HubAddress::parse);
        String hubCa = reader.read("WEFT_HUB_CA_FILE", "/etc/weft/join/ca.crt", "a PEM file", AgentSettings::content);
        Path token = reader.read("WEFT_JOIN_TOKEN_FILE", "/etc/weft/join/token", "a file", Path::of);
        String namespace = reader.read("POD_NAMESPACE", "", "the agent's namespace", Function.identity());
        String pod = reader.read("POD_NAME", "", "the pod's name", Function.identity());
        String mesh = reader.read("WEFT_MESH_NAMESPACE", "istio-system", "a namespace", Function.identity());
        Integer port = reader.read("WEFT_HTTP_PORT", "8080", "a port", Integer::valueOf);
        if (hub == null
                || hubCa == null
                || token == null
                || namespace == null
                || pod == null
                || mesh == null
                || port == null) {
            throw new Invalid(reader.problems);
        }
        return new AgentSettings(hub, hubCa, token, namespace, pod, mesh, port);
    }

    private static String content(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        <T> @Nullable T read(String name, String otherwise, String expected, Function<String, T> parse) {
            String text = environment.getOrDefault(name, otherwise);
            try {
                if (!text.isBlank()) return parse.apply(text.strip());
            } catch (IllegalArgumentException unusable) {
                // said below, with the others
            }
            problems.add(name + ": " + (text.isBlank() ? "missing" : text) + " (expected: " + expected + ")");
            return null;
        }
    }
}
