package io.weft.hub;

import io.weft.hub.platform.HubSettings.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Databases of one PostgreSQL server that all tests of this JVM share. It has the three roles of a real installation:
 * nothing under test ever connects as the superuser, which row-level security does not bind.
 */
public final class TestDatabase {
    public static final Login OWNER = new Login("weft_owner", "owner-secret");
    public static final Login APP = new Login("weft_app", "app-secret");
    public static final Login JOB = new Login("weft_job", "job-secret");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final int port;
    private final String name;

    private TestDatabase(int port, String name) {
        this.port = port;
        this.name = name;
    }

    /** A new database, empty: a hub migrates it when it starts. */
    public static synchronized TestDatabase empty() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                for (Login login : new Login[] {OWNER, APP, JOB}) {
                    execute(
                            server.getPostgresDatabase(),
                            "create role " + login.user() + " login password '" + login.password()
                                    + "' nosuperuser nobypassrls nocreaterole");
                }
            }
            String name = "weft_" + COUNT.incrementAndGet();
            execute(server.getPostgresDatabase(), "create database " + name + " owner " + OWNER.user());
            return new TestDatabase(server.getPort(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new database with all tables. */
    public static TestDatabase migrated() {
        TestDatabase database = empty();
        Flyway.configure()
                .dataSource(database.as(OWNER))
                .defaultSchema("migrations")
                .createSchemas(true)
                .load()
                .migrate();
        return database;
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    /** Unpooled connections of that user. */
    public DataSource as(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(login.user());
        source.setPassword(login.password());
        return source;
    }

    /** Ends all connections of the hub, as a restart of the server would. */
    public void dropConnections() {
        EmbeddedPostgres running = server;
        if (running == null) throw new IllegalStateException("not started");
        execute(
                running.getPostgresDatabase(),
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name
                        + "' and pid <> pg_backend_pid()");
    }

    private static void execute(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
