package io.weft.web;

import io.weft.hub.fixtures.PostgresServer;
import io.weft.web.settings.EdgeSettings;
import io.weft.web.settings.InvalidSettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ConfigurableApplicationContext;

/** An edge with the embedded issuer, over a database of its own and hubs of the test's. */
final class EdgeFixture implements AutoCloseable {
    static final String PASSWORD = "correct-horse-battery";

    private static final PostgresServer POSTGRES = PostgresServer.start();
    private static int databases;

    final URI url;
    final Map<String, String> environment;
    private ConfigurableApplicationContext context;

    private EdgeFixture(URI url, Map<String, String> environment) throws InvalidSettingsException {
        this.url = url;
        this.environment = environment;
        context = EdgeApplication.start(EdgeSettings.read(environment));
    }

    static EdgeFixture start(StubHub... hubs) {
        return start(Map.of(), hubs);
    }

    /** @param more variables beside the usual ones, or in their place */
    static EdgeFixture start(Map<String, String> more, StubHub... hubs) {
        try {
            URI url = URI.create("http://127.0.0.1:" + freePort());
            Map<String, String> environment = new TreeMap<>(environment(url));
            String[] urls = new String[hubs.length];
            for (int i = 0; i < hubs.length; i++) urls[i] = hubs[i].url().toString();
            environment.put("WEFT_HUB_URLS", String.join(",", urls));
            environment.putAll(more);
            return new EdgeFixture(url, environment);
        } catch (IOException | SQLException | InvalidSettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> environment(URI url) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("weft-edge");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Map<String, String> all = new HashMap<>();
        all.put("WEFT_HTTP_PORT", Integer.toString(url.getPort()));
        all.put("WEFT_HTTP_ADDRESS", "127.0.0.1");
        all.put("WEFT_PUBLIC_URL", url.toString());
        all.put(
                "WEFT_OIDC_CLIENT_SECRET_FILE",
                write(folder, "client", Base64.getEncoder().encodeToString(key)));
        all.put(
                "WEFT_MASTER_KEY_FILE",
                write(folder, "master.key", Base64.getEncoder().encodeToString(key)));
        all.put("WEFT_DEMO_PASSWORD_FILE", write(folder, "password", PASSWORD));
        all.put("WEFT_DB_URL", database());
        all.put("WEFT_DB_OWNER_USER", "weft_owner");
        all.put("WEFT_DB_OWNER_PASSWORD", "owner");
        all.put("WEFT_DB_ISSUER_USER", "weft_issuer");
        all.put("WEFT_DB_ISSUER_PASSWORD", "issuer");
        return all;
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n").toString();
    }

    private static synchronized String database() throws SQLException {
        String name = "edge_" + ++databases;
        try (Connection connection = POSTGRES.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            if (databases == 1) {
                statement.execute("create role weft_owner login password 'owner'");
                statement.execute("create role weft_issuer login password 'issuer'");
            }
            statement.execute("create database " + name + " owner weft_owner");
        }
        return "jdbc:postgresql://" + POSTGRES.host() + ":" + POSTGRES.port() + "/" + name;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Browser browser() {
        return new Browser(url);
    }

    /** Stops it and starts it again, on the same data. */
    void restart() throws InvalidSettingsException {
        context.close();
        context = EdgeApplication.start(EdgeSettings.read(environment));
    }

    @Override
    public void close() {
        context.close();
    }
}
