package io.weft.it.real;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The audit log of an API server: requests of the service accounts of weft-system, and no others. */
final class AuditLog {
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - {level: Metadata, userGroups: ["system:serviceaccounts:weft-system"]}
            - {level: None}
            """;

    private AuditLog() {}

    static Path writePolicy(Path folder) {
        Path policy = folder.resolve("audit-policy.yaml");
        ControlPlaneKeys.write(policy, POLICY);
        return policy;
    }

    static Path file(Path folder) {
        return folder.resolve("audit.log");
    }

    static List<AuditedRequest> read(Path folder) {
        if (!Files.exists(file(folder))) return List.of();
        try (Stream<String> lines = Files.lines(file(folder))) {
            return lines.filter(line -> line.endsWith("}"))
                    .map(AuditLog::request)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuditedRequest request(String line) {
        Map<?, ?> event = Serialization.unmarshal(line, Map.class);
        Map<?, ?> object = event.get("objectRef") instanceof Map<?, ?> map ? map : Map.of();
        String resource = text(object, "resource");
        String part = text(object, "subresource");
        Object status = event.get("responseStatus") instanceof Map<?, ?> said ? said.get("code") : null;
        return new AuditedRequest(
                Instant.parse(text(event, "requestReceivedTimestamp")),
                text(event, "verb"),
                text(object, "apiGroup"),
                part.isEmpty() ? resource : resource + "/" + part,
                text(object, "namespace"),
                text(object, "name"),
                status instanceof Integer code ? code : 0);
    }

    private static String text(Map<?, ?> object, String field) {
        return Objects.toString(object.get(field), "");
    }
}
