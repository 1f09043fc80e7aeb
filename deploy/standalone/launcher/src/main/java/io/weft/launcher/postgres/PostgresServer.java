package io.weft.launcher.postgres;

import io.weft.launcher.LaunchProblem;
import io.weft.launcher.process.Children;
import io.weft.launcher.process.OutputPump;
import io.weft.launcher.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A durable PostgreSQL server in a data directory of its own, as a child of this process. It has the database
 * {@code weft}, owned by {@code weft_owner}, and the roles {@code weft_app} and {@code weft_job}, which no row-level
 * security lets through. A test may {@link #kill} and {@link #restart} it: port, passwords and data stay.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration STOP_TIME = Duration.ofSeconds(30);

    private final Path dataDirectory;
    private final PostgresSettings settings;
    private final Binaries binaries;
    private final int port;
    private @Nullable Process process;
    private @Nullable OutputPump output;

    private PostgresServer(Path dataDirectory, PostgresSettings settings, Binaries binaries, int port) {
        this.dataDirectory = dataDirectory;
        this.settings = settings;
        this.binaries = binaries;
        this.port = port;
    }

    /**
     * Makes the data directory if it is not there, stops a server that an earlier process left in it, and starts.
     * Returns when the roles can connect.
     *
     * @throws LaunchProblem when it does not start, with the reason
     */
    public static PostgresServer start(Path dataDirectory, PostgresSettings settings) throws IOException {
        Path absolute = dataDirectory.toAbsolutePath();
        Binaries binaries = Binaries.unpacked(settings.cache());
        DataDirectory.prepare(absolute, binaries, settings.passwords().superuser());
        PostgresServer server =
                new PostgresServer(absolute, settings, binaries, settings.port() == 0 ? freePort() : settings.port());
        server.restart();
        return server;
    }

    /** Starts it again on the same port after {@link #kill}, {@link #stop} or a crash. */
    public synchronized void restart() throws IOException {
        if (running()) throw new IllegalStateException("PostgreSQL is running");
        Leftover.stop(dataDirectory);
        Process started = Children.start(command(), Map.of("PGDATA", ""), dataDirectory, Signal.INT);
        process = started;
        output = OutputPump.of(started, settings.output());
        try {
            awaitReady(started);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private List<String> command() {
        Map<String, String> fixed = Map.of(
                "listen_addresses", "127.0.0.1",
                "port", Integer.toString(port),
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "password_encryption", "scram-sha-256");
        Map<String, String> all = new TreeMap<>(Map.of("max_connections", "200"));
        all.putAll(settings.parameters());
        all.putAll(fixed);
        List<String> command = new ArrayList<>(RootGuard.prefix());
        command.addAll(List.of(binaries.program("postgres").toString(), "-D", dataDirectory.toString()));
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private void awaitReady(Process started) throws IOException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (true) {
            if (!started.isAlive()) throw new LaunchProblem("PostgreSQL did not start: " + reason());
            try (Connection connection = DriverManager.getConnection(url("postgres"), superuser())) {
                Roles.ensure(connection, settings.passwords());
                return;
            } catch (SQLException e) {
                if (!notYet(e) || System.nanoTime() > deadline) {
                    throw new LaunchProblem("PostgreSQL did not start: " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    /** Connection refused, or still recovering. */
    private static boolean notYet(SQLException e) {
        return "08001".equals(e.getSQLState()) || "57P03".equals(e.getSQLState()) || "08006".equals(e.getSQLState());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL starts", e);
        }
    }

    /** What its output says of the cause of its end. */
    public synchronized String reason() {
        if (output == null) return "it was never started";
        List<String> lines = output.lastLines();
        return lines.reversed().stream()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("No space left"))
                .findFirst()
                .orElse(lines.isEmpty() ? "no output" : lines.getLast());
    }

    /** Ends it as a power cut would: the postmaster and all its children, with nothing written. */
    public synchronized void kill() {
        Process current = process;
        if (current == null) return;
        List<ProcessHandle> tree = current.descendants().toList();
        current.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        waitFor(current, STOP_TIME);
        tree.forEach(child -> child.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Ends it in order; clients are cut off. */
    public synchronized void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) return;
        Signal.INT.send(current.pid());
        if (waitFor(current, STOP_TIME)) return;
        Signal.QUIT.send(current.pid());
        if (!waitFor(current, STOP_TIME)) kill();
    }

    @Override
    public void close() {
        stop();
    }

    private static boolean waitFor(Process process, Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public synchronized boolean running() {
        return process != null && process.isAlive();
    }

    /** The newest one started; null after a failed first start. */
    public synchronized @Nullable Process process() {
        return process;
    }

    public synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    public int port() {
        return port;
    }

    public Passwords passwords() {
        return settings.passwords();
    }

    /** JDBC address of the database {@code weft}. */
    public String url() {
        return url("weft");
    }

    /** JDBC address of another database of this server. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** For tests that need what no role of Weft may: user and password of the superuser. */
    public Properties superuser() {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", settings.passwords().superuser());
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
