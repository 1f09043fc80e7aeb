package io.weft.launcher.postgres;

import io.weft.launcher.HomeFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a server is to run.
 *
 * @param port on loopback; 0 takes a free one, which then stays for all restarts of one {@link PostgresServer}
 * @param cache where the programs are unpacked
 * @param passwords of the superuser and the three roles
 * @param parameters further ones of {@code postgresql.conf}
 * @param output gets each line the server writes
 */
public record PostgresSettings(
        int port, Path cache, Passwords passwords, Map<String, String> parameters, Consumer<String> output) {
    public PostgresSettings {
        parameters = Map.copyOf(parameters);
    }

    /** A free port, new passwords, the user's cache folder, output thrown away: for tests. */
    public static PostgresSettings forTests() {
        return new PostgresSettings(0, defaultCache(), Passwords.random(), Map.of(), line -> {});
    }

    /** {@code $XDG_CACHE_HOME/weft} or {@code ~/.cache/weft}. */
    public static Path defaultCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        return configured == null || configured.isBlank()
                ? HomeFolder.path().resolve(".cache/weft")
                : Path.of(configured, "weft");
    }
}
