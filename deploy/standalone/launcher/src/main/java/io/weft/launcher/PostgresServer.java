package io.weft.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A durable PostgreSQL of our own: fsync on, passwords, loopback only. Its roles are those of a real installation: an
 * owner that migrates, an application that row-level security binds, and one for jobs over tenants.
 *
 * <p>As root it runs in a user namespace of its own, since PostgreSQL refuses to run as root.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String OWNER = "weft_owner";
    public static final String APP = "weft_app";
    public static final String JOB = "weft_job";
    private static final String DATABASE = "weft";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path data;
    private final Path log;
    private final int port;
    private final Map<String, String> passwords;
    private final Path programs;
    private @Nullable Process process;

    /**
     * @param data the server's data folder, made when it is not there
     * @param cache where programs are unpacked
     * @param passwords of {@code postgres} and the three roles
     */
    public PostgresServer(Path data, Path cache, Path log, int port, Map<String, String> passwords) {
        this.data = data;
        this.log = log;
        this.port = port;
        this.passwords = Map.copyOf(passwords);
        this.programs = PostgresBinaries.in(cache);
    }

    /** Starts and waits until it answers; stops what an earlier run left behind. */
    public void start(Duration limit) {
        stopLeftover();
        if (!Files.exists(data.resolve("PG_VERSION"))) initialise();
        process = launch();
        awaitReady(limit);
        prepare();
    }

    private void initialise() {
        try {
            Path half = data.resolveSibling(data.getFileName() + ".new");
            deleteTree(half);
            Files.createDirectories(half);
            Path secret = Files.createTempFile(data.getParent(), "initdb", "");
            Files.writeString(secret, passwords.get("postgres"));
            List<String> command = unprivileged(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    half.toString(),
                    "-U",
                    "postgres",
                    "--pwfile=" + secret,
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--no-instructions"));
            Process initdb = builder(command).start();
            boolean done = initdb.waitFor(120, TimeUnit.SECONDS) && initdb.exitValue() == 0;
            Files.delete(secret);
            if (!done) throw new LauncherException("PostgreSQL could not make its data folder: see " + log);
            Files.move(half, data);
        } catch (IOException e) {
            throw new LauncherException("PostgreSQL could not make its data folder (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        }
    }

    /** The death signal follows the thread that forked, so that thread waits for the server's whole life. */
    private Process launch() {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().name("postgres").daemon().start(() -> {
            try {
                Process launched = builder(command()).start();
                started.complete(launched);
                launched.waitFor();
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return started.join();
    }

    private List<String> command() {
        List<String> postgres = new ArrayList<>(List.of(
                programs.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=200",
                "shared_buffers=128MB",
                "wal_compression=on",
                "log_min_messages=warning",
                "password_encryption=scram-sha-256")) {
            postgres.add("-c");
            postgres.add(setting);
        }
        List<String> command = unprivileged(postgres);
        return Files.isExecutable(Path.of("/usr/bin/setpriv"))
                ? prefixed(command, "setpriv", "--pdeathsig", "INT")
                : command;
    }

    private static List<String> unprivileged(List<String> command) {
        return ROOT ? prefixed(command, "unshare", "-U") : command;
    }

    private static List<String> prefixed(List<String> command, String... prefix) {
        List<String> whole = new ArrayList<>(List.of(prefix));
        whole.addAll(command);
        return whole;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("WEFT_"));
        return builder;
    }

    private void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try (Connection ignored = connect("postgres", "postgres")) {
                return;
            } catch (SQLException notYet) {
                Process running = process;
                if (running != null && !running.isAlive()) {
                    throw new LauncherException("PostgreSQL stopped while starting: see " + log, notYet);
                }
                if (System.nanoTime() > end) {
                    throw new LauncherException(
                            "PostgreSQL did not answer within " + limit.toSeconds() + " s: see " + log, notYet);
                }
                pause(50);
            }
        }
    }

    private void prepare() {
        try (Connection connection = connect("postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, APP, JOB)) {
                statement.execute("DO $$ BEGIN CREATE ROLE " + role
                        + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;"
                        + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
                // Passwords are hexadecimal, made by the launcher.
                statement.execute("ALTER ROLE " + role + " PASSWORD '" + passwords.get(role) + "'");
            }
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) return;
            }
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            statement.execute("REVOKE CONNECT ON DATABASE " + DATABASE + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + APP + ", " + JOB);
        } catch (SQLException e) {
            throw new LauncherException("PostgreSQL's roles could not be made (" + e.getMessage() + ")", e);
        }
    }

    private Connection connect(String database, String user) throws SQLException {
        DriverManager.setLoginTimeout(5);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, passwords.get(user));
    }

    /** Where hubs connect. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String password(String role) {
        String password = passwords.get(role);
        if (password == null) throw new IllegalArgumentException("role: " + role);
        return password;
    }

    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** As a power cut: nothing is flushed, nobody is told. */
    public void kill() {
        serverProcess().ifPresent(server -> {
            server.children().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        });
        awaitEnd(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        serverProcess().ifPresent(server -> signal("INT", server.pid()));
        if (!awaitEnd(Duration.ofSeconds(15))) serverProcess().ifPresent(server -> signal("QUIT", server.pid()));
        awaitEnd(Duration.ofSeconds(5));
    }

    private boolean awaitEnd(Duration limit) {
        Process running = process;
        try {
            return running == null || running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<ProcessHandle> serverProcess() {
        Path file = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) return Optional.empty();
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid)
                    .filter(h -> h.isAlive()
                            && h.info()
                                    .command()
                                    .map(c -> c.endsWith("postgres"))
                                    .orElse(true));
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException unreadable) {
            return Optional.empty();
        }
    }

    private void stopLeftover() {
        serverProcess().ifPresent(leftover -> {
            signal("INT", leftover.pid());
            try {
                leftover.onExit().get(15, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stubborn) {
                leftover.destroyForcibly();
            }
        });
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
