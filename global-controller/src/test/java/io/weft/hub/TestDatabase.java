package io.weft.hub;

import io.weft.hub.fixtures.PostgresServer;
import io.weft.hub.platform.HubSettings.Login;
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
    private static @Nullable PostgresServer server;

    private final PostgresServer running;
    private final String name;

    private TestDatabase(PostgresServer running, String name) {
        this.running = running;
        this.name = name;
    }

    /** A new database, empty: a hub migrates it when it starts. */
    public static synchronized TestDatabase empty() {
        PostgresServer running = server();
        String name = "weft_" + COUNT.incrementAndGet();
        execute(running.superuser(), "create database " + name + " owner " + OWNER.user());
        return new TestDatabase(running, name);
    }

    private static PostgresServer server() {
        if (server != null) return server;
        PostgresServer started = PostgresServer.start();
        for (Login login : new Login[] {OWNER, APP, JOB}) {
            execute(
                    started.superuser(),
                    "create role " + login.user() + " login password '" + login.password()
                            + "' nosuperuser nobypassrls nocreaterole");
        }
        server = started;
        return started;
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
        return "jdbc:postgresql://" + running.host() + ":" + running.port() + "/" + name;
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
        execute(
                running.superuser(),
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
