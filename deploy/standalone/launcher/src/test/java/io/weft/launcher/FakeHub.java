package io.weft.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A program that keeps the contract of the hub and of the console with the launcher and does nothing else: takes the same
 * variables, counts the hub's starts in the database, answers its readiness, ends with its parent.
 */
final class FakeHub {
    private FakeHub() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        if (environment.containsKey("FAKE_HUB_REFUSES")) {
            System.err.println("WEFT_SOMETHING: wrong (expected: right)");
            System.exit(78);
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress(Integer.parseInt(environment.get("WEFT_HTTP_PORT"))), 0);
        if (environment.containsKey("WEFT_FLEET_HUB")) answer(server, "/healthz", exchange -> "ok");
        else if (environment.containsKey("WEFT_HUB_URLS")) serveConsole(server, environment);
        else serveHub(server, environment);
        server.start();
        System.out.println("serving");
        while (System.in.read() >= 0) continue;
        System.exit(0);
    }

    private static void serveHub(HttpServer server, Map<String, String> environment) throws SQLException {
        countStart(environment);
        answer(server, "/actuator/health/readiness", exchange -> "UP");
        answer(server, "/starts", exchange -> count(environment));
        answer(server, "/api/v1/tenants", exchange -> "made");
    }

    private static void serveConsole(HttpServer server, Map<String, String> environment) throws SQLException {
        // As the issuer does at its start: its user gets in, and sees nothing of the hub's.
        if (!environment.containsKey("WEFT_OIDC_ISSUER"))
            connect(environment, "ISSUER").close();
        answer(server, "/healthz", exchange -> "ok");
        answer(
                server,
                "/variable/",
                exchange -> String.valueOf(
                        environment.get(exchange.getRequestURI().getPath().substring("/variable/".length()))));
    }

    private interface Answer {
        String text(HttpExchange exchange) throws SQLException;
    }

    private static void answer(HttpServer server, String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = answer.text(exchange).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(path.endsWith("/tenants") ? 201 : 200, body.length);
                exchange.getResponseBody().write(body);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
    }

    private static void countStart(Map<String, String> environment) throws SQLException {
        try (Connection owner = connect(environment, "OWNER");
                Statement statement = owner.createStatement()) {
            statement.execute("create table if not exists start (at timestamptz not null)");
            statement.execute("grant select on start to weft_app");
            statement.execute("insert into start values (now())");
        }
    }

    private static String count(Map<String, String> environment) throws SQLException {
        try (Connection app = connect(environment, "APP");
                Statement statement = app.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from start")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(Map<String, String> environment, String role) throws SQLException {
        return DriverManager.getConnection(
                environment.get("WEFT_DB_URL"),
                environment.get("WEFT_DB_" + role + "_USER"),
                environment.get("WEFT_DB_" + role + "_PASSWORD"));
    }
}
