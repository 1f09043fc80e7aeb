package io.weft.launcher;

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
 * A program that keeps the hub's contract with the launcher and does nothing else: takes the same variables, counts its
 * starts in the database, answers its readiness, ends with its parent.
 */
final class FakeHub {
    private FakeHub() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        if (environment.containsKey("FAKE_HUB_REFUSES")) {
            System.err.println("WEFT_SOMETHING: wrong (expected: right)");
            System.exit(78);
        }
        countStart(environment);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(Integer.parseInt(environment.get("WEFT_HTTP_PORT"))), 0);
        answer(server, "/actuator/health/readiness", () -> "UP");
        answer(server, "/starts", () -> count(environment));
        server.start();
        System.out.println("serving");
        while (System.in.read() >= 0) continue;
        System.exit(0);
    }

    private interface Answer {
        String text() throws SQLException;
    }

    private static void answer(HttpServer server, String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
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
