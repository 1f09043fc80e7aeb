package io.weft.launcher.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The roles and the database, made when they are not there: a start that was cut short is completed by the next. */
final class Roles {
    private Roles() {}

    static void ensure(Connection connection, Passwords passwords) throws SQLException {
        Map<String, String> roles = Map.of(
                "weft_owner", passwords.owner(),
                "weft_app", passwords.app(),
                "weft_job", passwords.job(),
                "weft_issuer", passwords.issuer());
        for (Map.Entry<String, String> role : roles.entrySet()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", role.getKey())) {
                execute(
                        connection,
                        "create role " + role.getKey()
                                + " login nosuperuser nobypassrls nocreaterole nocreatedb password '" + role.getValue()
                                + "'");
            }
        }
        if (!exists(connection, "select 1 from pg_database where datname = ?", "weft")) {
            execute(connection, "create database weft owner weft_owner");
        }
        execute(connection, "revoke connect on database weft from public");
        execute(connection, "grant connect on database weft to weft_app, weft_job, weft_issuer");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
