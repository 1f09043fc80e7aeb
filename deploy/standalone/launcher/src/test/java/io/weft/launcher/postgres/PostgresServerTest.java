package io.weft.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weft.launcher.LaunchProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCommittedIsThereAfterKillAndRestart() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder.resolve("data"), PostgresSettings.forTests())) {
            execute(owner(server), "create table kept (n int)", "insert into kept values (42)");
            long first = server.pid();

            server.kill();
            assertThat(server.running()).isFalse();
            server.restart();

            assertThat(server.pid()).isNotEqualTo(first);
            assertThat(query(owner(server), "select n from kept")).isEqualTo("42");
        }
    }

    @Test
    void secondServerOfTheSameFolderStopsTheOneThatWasLeft() throws Exception {
        PostgresSettings settings = PostgresSettings.forTests();
        PostgresServer left = PostgresServer.start(folder.resolve("data"), settings);

        try (PostgresServer server = PostgresServer.start(folder.resolve("data"), settings)) {
            assertThat(left.running()).isFalse();
            assertThat(query(owner(server), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void isDurableAndItsRolesAreBoundByRowLevelSecurity() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder.resolve("data"), PostgresSettings.forTests())) {
            assertThat(query(owner(server), "show fsync")).isEqualTo("on");
            assertThat(query(owner(server), "show synchronous_commit")).isEqualTo("on");
            assertThat(query(owner(server), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(
                            owner(server),
                            "select count(*) from pg_roles where rolname like 'weft\\_%' and not rolsuper and not"
                                    + " rolbypassrls"))
                    .isEqualTo("4");
        }
    }

    @Test
    void wrongPasswordAndAStrangersDatabaseAreRefused() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder.resolve("data"), PostgresSettings.forTests())) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "weft_app", "guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void dataOfAnotherVersionIsRefusedInOneSentence() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "99\n");

        assertThatThrownBy(() -> PostgresServer.start(data, PostgresSettings.forTests()))
                .isInstanceOf(LaunchProblem.class)
                .hasMessageContaining("version 99 (expected: 18)");
    }

    private static Connection owner(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(
                server.url(), "weft_owner", server.passwords().owner());
    }

    private static void execute(Connection connection, String... commands) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String command : commands) statement.execute(command);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
