package io.weft.hub.platform;

import io.weft.hub.platform.HubSettings.Login;
import io.weft.policy.model.TenantId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes the variables one by one, notes what is wrong, and at the end what nobody asked for. */
final class SettingsReader {
    /** Ours, but not the hub's: they find a JDK for the scripts. */
    private static final Set<String> OF_OTHERS = Set.of("WEFT_JAVA_HOME");

    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(20);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

    private final Map<String, String> left = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith("WEFT_") && !OF_OTHERS.contains(name)) left.put(name, value);
        });
    }

    HubSettings read() throws InvalidSettingsException {
        HubSettings settings = new HubSettings(
                databaseUrl(),
                login("WEFT_DB_OWNER"),
                login("WEFT_DB_APP"),
                login("WEFT_DB_JOB"),
                port("WEFT_HTTP_PORT"),
                port("WEFT_GRPC_PORT"),
                address(),
                Path.of(required("WEFT_DATA_DIR", "a folder")),
                file("WEFT_MASTER_KEY_FILE"),
                tenant(),
                optionalPath("WEFT_BOOTSTRAP_TOKEN_FILE"),
                issuer(),
                orElse("WEFT_OIDC_AUDIENCE", "weft"),
                orElse("WEFT_AGENT_IMAGE", "weft/cluster-agent:0.1.0-SNAPSHOT"),
                lifetime(),
                flag("WEFT_EXIT_ON_STDIN_EOF"));
        if (settings.bootstrapTokenFile() != null && settings.bootstrapTenant() == null) {
            wrong("WEFT_BOOTSTRAP_TENANT", "", "the tenant that WEFT_BOOTSTRAP_TOKEN_FILE is for");
        }
        left.keySet().forEach(name -> problems.add(name + ": unknown (expected: a variable that the hub knows)"));
        if (!problems.isEmpty()) throw new InvalidSettingsException(problems);
        return settings;
    }

    private String databaseUrl() {
        String expected = "jdbc:postgresql://host:port/database";
        String url = required("WEFT_DB_URL", expected);
        // A URL may carry a password: it is not repeated.
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) wrong("WEFT_DB_URL", "another URL", expected);
        return url;
    }

    private Login login(String prefix) {
        return new Login(
                required(prefix + "_USER", "a database user"), required(prefix + "_PASSWORD", "that user's password"));
    }

    private int port(String name) {
        String expected = "a port, 0 to 65535";
        String value = required(name, expected);
        try {
            int port = value.isEmpty() ? 0 : Integer.parseInt(value);
            if (port < 0 || port > 65535) wrong(name, value, expected);
            return port;
        } catch (NumberFormatException e) {
            wrong(name, value, expected);
            return 0;
        }
    }

    private String address() {
        String name = "WEFT_PUBLIC_GRPC_ADDRESS";
        String expected = "host:port at which agents reach the hub";
        String value = required(name, expected);
        if (!value.isEmpty() && !value.matches("[^\\s/]+:\\d{1,5}")) wrong(name, value, expected);
        return value;
    }

    private Path file(String name) {
        Path path = Path.of(required(name, "a readable file"));
        if (!path.toString().isEmpty() && !Files.isReadable(path)) wrong(name, path.toString(), "a readable file");
        return path;
    }

    private @Nullable TenantId tenant() {
        String value = optional("WEFT_BOOTSTRAP_TENANT");
        try {
            return value == null ? null : new TenantId(value);
        } catch (IllegalArgumentException e) {
            problems.add("WEFT_BOOTSTRAP_TENANT: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Path optionalPath(String name) {
        String value = optional(name);
        return value == null ? null : Path.of(value);
    }

    private @Nullable String issuer() {
        String value = optional("WEFT_OIDC_ISSUER");
        if (value == null) return null;
        try {
            if (URI.create(value).getHost() == null) wrong("WEFT_OIDC_ISSUER", value, "the issuer's URL");
        } catch (IllegalArgumentException e) {
            wrong("WEFT_OIDC_ISSUER", value, "the issuer's URL");
        }
        return value;
    }

    private Duration lifetime() {
        String name = "WEFT_AGENT_CERTIFICATE_LIFETIME";
        String expected = "a duration from PT20S to PT720H, as in PT24H";
        String value = orElse(name, "PT24H");
        try {
            Duration lifetime = Duration.parse(value);
            boolean fits = lifetime.compareTo(SHORTEST_LIFETIME) >= 0 && lifetime.compareTo(LONGEST_LIFETIME) <= 0;
            if (!fits) wrong(name, value, expected);
            return lifetime;
        } catch (DateTimeParseException e) {
            wrong(name, value, expected);
            return LONGEST_LIFETIME;
        }
    }

    private String orElse(String name, String otherwise) {
        String value = optional(name);
        return value == null ? otherwise : value;
    }

    private boolean flag(String name) {
        String value = optional(name);
        if (value == null || value.equals("false") || value.equals("0")) return false;
        if (!value.equals("true") && !value.equals("1")) wrong(name, value, "true or false");
        return true;
    }

    private String required(String name, String expected) {
        String value = optional(name);
        if (value != null) return value;
        problems.add(name + ": missing (expected: " + expected + ")");
        return "";
    }

    private @Nullable String optional(String name) {
        String value = left.remove(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private void wrong(String name, String value, String expected) {
        problems.add(name + ": " + value + " (expected: " + expected + ")");
    }
}
