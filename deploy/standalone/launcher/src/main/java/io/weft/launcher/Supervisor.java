package io.weft.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The root of the process tree: starts PostgreSQL, then the hubs; restarts a hub that dies; stops them in reverse. */
final class Supervisor {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final UpOptions options;
    private final DataFolder folder;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<HubProcess> hubs = new ArrayList<>();
    private @Nullable PostgresServer postgres;

    Supervisor(UpOptions options) {
        this.options = options;
        this.folder = new DataFolder(options.dataFolder());
    }

    /** Runs until told to stop. */
    void run() {
        folder.open();
        try (FileChannel channel =
                        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) throw new LauncherException("Weft is already up in " + folder.root() + ".");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
            start();
            supervise();
        } catch (IOException e) {
            throw new LauncherException(folder.root() + ": cannot be locked (" + e.getMessage() + ")", e);
        }
    }

    private void start() {
        int postgresPort = freePort();
        try {
            folder.checkRoom();
            checkPorts();
            say("starting", "", postgresPort);
            PostgresServer server = new PostgresServer(
                    folder.postgres(),
                    folder.root().resolve("programs"),
                    folder.log("postgres"),
                    postgresPort,
                    passwords());
            postgres = server;
            server.start(Duration.ofSeconds(60));
            folder.makeMasterKey();
            folder.apiToken();
            for (int i = 0; i < options.replicas(); i++) hubs.add(hub(i, server));
            // The first migrates the database; the others find it done.
            for (HubProcess hub : hubs) {
                hub.start();
                hub.awaitReady(Duration.ofSeconds(120));
            }
            say("up", "", postgresPort);
            log("up at " + options.address());
        } catch (RuntimeException failure) {
            log("failed: " + failure.getMessage());
            say("failed", String.valueOf(failure.getMessage()), postgresPort);
            stop();
            throw failure;
        }
    }

    private void checkPorts() {
        for (int i = 0; i < options.replicas(); i++) {
            for (int port : new int[] {options.port() + i, options.grpcPort() + i}) {
                if (taken(port)) {
                    throw new LauncherException("Port " + port
                            + " is taken by another program: free it, or choose others with --port and --grpc-port.");
                }
            }
        }
    }

    static boolean taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LauncherException("no free port for PostgreSQL (" + e.getMessage() + ")", e);
        }
    }

    private Map<String, String> passwords() {
        Map<String, String> passwords = new LinkedHashMap<>();
        for (String role : List.of("postgres", PostgresServer.OWNER, PostgresServer.APP, PostgresServer.JOB)) {
            passwords.put(role, folder.secret(role));
        }
        return passwords;
    }

    private HubProcess hub(int index, PostgresServer server) {
        int http = options.port() + index;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("WEFT_DB_URL", server.url());
        login(settings, "OWNER", PostgresServer.OWNER, server);
        login(settings, "APP", PostgresServer.APP, server);
        login(settings, "JOB", PostgresServer.JOB, server);
        settings.put("WEFT_HTTP_PORT", Integer.toString(http));
        settings.put("WEFT_GRPC_PORT", Integer.toString(options.grpcPort() + index));
        settings.put("WEFT_PUBLIC_GRPC_ADDRESS", options.address() + ":" + options.grpcPort());
        settings.put("WEFT_DATA_DIR", folder.root().resolve("hub").toString());
        settings.put("WEFT_MASTER_KEY_FILE", folder.masterKey().toString());
        settings.put("WEFT_BOOTSTRAP_TENANT", "demo");
        settings.put("WEFT_BOOTSTRAP_TOKEN_FILE", folder.token().toString());
        settings.put("WEFT_EXIT_ON_STDIN_EOF", "true");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx2g",
                "-jar",
                options.hub().toString());
        String name = "hub-" + (index + 1);
        return new HubProcess(name, command, settings, folder.log(name), http);
    }

    private static void login(Map<String, String> settings, String which, String role, PostgresServer server) {
        settings.put("WEFT_DB_" + which + "_USER", role);
        settings.put("WEFT_DB_" + which + "_PASSWORD", server.password(role));
    }

    private void supervise() {
        Duration pause = Duration.ofSeconds(1);
        try {
            while (!stopping.await(500, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                for (HubProcess hub : hubs) {
                    if (hub.isRunning()) continue;
                    log(hub.name() + " ended; starting it again in " + pause.toSeconds() + " s");
                    if (stopping.await(pause.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) return;
                    hub.start();
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                if (hubs.stream().allMatch(HubProcess::isReady)) pause = Duration.ofSeconds(1);
                PostgresServer server = postgres;
                if (server != null && !server.isRunning()) {
                    log("postgres ended; starting it again");
                    server.start(Duration.ofSeconds(60));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hubs first, PostgreSQL last. */
    private synchronized void stop() {
        stopping.countDown();
        hubs.reversed().forEach(HubProcess::stop);
        hubs.clear();
        PostgresServer server = postgres;
        postgres = null;
        if (server != null) server.close();
        folder.state().ifPresent(state -> {
            if ("up".equals(state.getProperty("state")) || "starting".equals(state.getProperty("state"))) {
                state.setProperty("state", "down");
                folder.state(state);
            }
        });
    }

    private void say(String state, String message, int postgresPort) {
        Properties properties = new Properties();
        properties.setProperty("state", state);
        properties.setProperty("message", message);
        properties.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        properties.setProperty("port", Integer.toString(options.port()));
        properties.setProperty("grpcPort", Integer.toString(options.grpcPort()));
        properties.setProperty("postgresPort", Integer.toString(postgresPort));
        properties.setProperty("replicas", Integer.toString(options.replicas()));
        properties.setProperty("since", Instant.now().toString());
        folder.state(properties);
    }

    private void log(String line) {
        try {
            Files.writeString(
                    folder.log("weft"),
                    Instant.now() + " " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The disk may be full: then the state file says so too, or the person who waits for it.
            stopping.countDown();
        }
    }
}
