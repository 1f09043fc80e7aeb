package io.weft.web.settings;

import io.weft.web.settings.IssuerSettings.Embedded;
import io.weft.web.settings.IssuerSettings.External;
import io.weft.web.settings.IssuerSettings.Login;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes the variables one by one, notes what is wrong, and at the end what nobody asked for. */
final class SettingsReader {
    /** Ours, but not the edge's: they find a JDK for the scripts. */
    private static final Set<String> OF_OTHERS = Set.of("WEFT_JAVA_HOME");

    /** Stands for what is wrong until all is read. */
    private static final URI NOWHERE = URI.create("http://localhost");

    private final Map<String, String> left = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith("WEFT_") && !OF_OTHERS.contains(name)) left.put(name, value);
        });
    }

    EdgeSettings read() throws InvalidSettingsException {
        EdgeSettings settings = new EdgeSettings(
                number("WEFT_HTTP_PORT", required("WEFT_HTTP_PORT", "a port, 0 to 65535"), 65535),
                optional("WEFT_HTTP_ADDRESS"),
                url("WEFT_PUBLIC_URL", required("WEFT_PUBLIC_URL", "the URL that browsers use")),
                hubs(),
                issuer(),
                number("WEFT_RATE_LIMIT", orElse("WEFT_RATE_LIMIT", "200"), 1_000_000),
                flag("WEFT_EXIT_ON_STDIN_EOF"));
        left.keySet().forEach(name -> problems.add(name + ": unknown (expected: a variable that the edge knows)"));
        if (!problems.isEmpty()) throw new InvalidSettingsException(problems);
        return settings;
    }

    private IssuerSettings issuer() {
        String client = orElse("WEFT_OIDC_CLIENT_ID", "weft-console");
        String external = optional("WEFT_OIDC_ISSUER");
        if (external != null)
            return new External(client, optionalFile("WEFT_OIDC_CLIENT_SECRET_FILE"), address(external));
        return new Embedded(
                client,
                file("WEFT_OIDC_CLIENT_SECRET_FILE"),
                required("WEFT_DB_URL", "jdbc:postgresql://host:port/database"),
                login("WEFT_DB_OWNER"),
                login("WEFT_DB_ISSUER"),
                file("WEFT_MASTER_KEY_FILE"),
                optionalFile("WEFT_DEMO_PASSWORD_FILE"));
    }

    private URI address(String issuer) {
        try {
            URI address = URI.create(issuer);
            if (address.getHost() != null) return address;
        } catch (IllegalArgumentException notOne) {
            // Told below.
        }
        wrong("WEFT_OIDC_ISSUER", issuer, "the issuer's URL");
        return NOWHERE;
    }

    private Login login(String prefix) {
        return new Login(
                required(prefix + "_USER", "a database user"), required(prefix + "_PASSWORD", "that user's password"));
    }

    private Path file(String name) {
        return readable(name, required(name, "a readable file"));
    }

    private @Nullable Path optionalFile(String name) {
        String value = optional(name);
        return value == null ? null : readable(name, value);
    }

    private Path readable(String name, String value) {
        Path path = Path.of(value);
        if (!value.isEmpty() && !Files.isReadable(path)) wrong(name, value, "a readable file");
        return path;
    }

    private List<URI> hubs() {
        String all = required("WEFT_HUB_URLS", "URLs of the hub, separated by commas");
        List<URI> hubs = new ArrayList<>();
        for (String one : all.split(",")) hubs.add(url("WEFT_HUB_URLS", one.strip()));
        return hubs;
    }

    private URI url(String name, String value) {
        if (value.isEmpty()) return NOWHERE;
        try {
            URI url = URI.create(value.replaceFirst("/$", ""));
            boolean fits = Set.of("http", "https").contains(url.getScheme())
                    && url.getHost() != null
                    && url.getPath().isEmpty()
                    && url.getQuery() == null;
            if (fits) return url;
        } catch (IllegalArgumentException notOne) {
            // Told below.
        }
        wrong(name, value, "http://host:port or https://host, without a path");
        return NOWHERE;
    }

    private int number(String name, String value, int most) {
        try {
            int number = value.isEmpty() ? 0 : Integer.parseInt(value);
            if (number >= 0 && number <= most) return number;
        } catch (NumberFormatException notOne) {
            // Told below.
        }
        wrong(name, value, "a number from 0 to " + most);
        return 0;
    }

    private boolean flag(String name) {
        String value = optional(name);
        if (value == null || value.equals("false") || value.equals("0")) return false;
        if (!value.equals("true") && !value.equals("1")) wrong(name, value, "true or false");
        return true;
    }

    private String orElse(String name, String otherwise) {
        String value = optional(name);
        return value == null ? otherwise : value;
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
