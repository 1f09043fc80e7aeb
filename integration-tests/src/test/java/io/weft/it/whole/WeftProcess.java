package io.weft.it.whole;

import io.weft.it.real.Project;
import io.weft.launcher.DataFolder;
import io.weft.launcher.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Weft as {@code ./weft up} runs it, in a data folder of its own. Ends with this JVM. */
public final class WeftProcess implements AutoCloseable {
    /** For tests, which start it often and briefly; what is measured runs as it is shipped. */
    private static final String JVM_OPTIONS = System.getProperty("weft.jvm.options", "");

    private final Path data;
    private final int port;
    private final int grpcPort;
    private final int replicas;
    private final Map<String, String> environment;
    private final List<String> options;
    private String output = "";

    private WeftProcess(
            Path data, int port, int grpcPort, int replicas, Map<String, String> environment, List<String> options) {
        this.data = data;
        this.port = port;
        this.grpcPort = grpcPort;
        this.replicas = replicas;
        this.environment = environment;
        this.options = options;
    }

    /** @param address at which agents reach this machine */
    public static WeftProcess up(int replicas, String address) {
        return up(replicas, address, Map.of());
    }

    /** @param environment variables beside those of this process */
    public static WeftProcess up(int replicas, String address, Map<String, String> environment) {
        return up(replicas, address, freePort(), environment, "--no-demo");
    }

    /** A port that can be given to {@link #up(int, String, int, Map, String...)} when others must know it before. */
    public static int freePort() {
        try {
            return freePorts(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param port of the public address
     * @param options further ones of {@code ./weft up}
     */
    public static WeftProcess up(
            int replicas, String address, int port, Map<String, String> environment, String... options) {
        try {
            Path data = Files.createTempDirectory("weft-it");
            List<String> all = new ArrayList<>(List.of(options));
            all.add("--address=" + address);
            WeftProcess weft = new WeftProcess(data, port, freePorts(replicas), replicas, environment, all);
            Runtime.getRuntime().addShutdownHook(new Thread(weft::close));
            weft.start();
            return weft;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings it up on the data that is there. */
    public void start() {
        List<String> all =
                new ArrayList<>(List.of("--port=" + port, "--grpc-port=" + grpcPort, "--replicas=" + replicas));
        all.addAll(options);
        output = weft("up", all.toArray(String[]::new));
    }

    /** What {@code ./weft up} printed last. */
    public String output() {
        return output;
    }

    /** Consecutive free ports; another program may take one meanwhile, which the launcher then says. */
    private static int freePorts(int count) throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
                int port = first.getLocalPort();
                if (port + count < 65_000 && allFree(port + 1, count - 1)) return port;
            }
        }
    }

    private static boolean allFree(int from, int count) {
        for (int port = from; port < from + count; port++) {
            try (ServerSocket probe = new ServerSocket(port)) {
                if (!probe.isBound()) return false;
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    /** Runs a command of the launcher on this data folder; answers what it printed. */
    public String weft(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dweft.home=" + Project.file(""),
                "-cp",
                System.getProperty("java.class.path"),
                "io.weft.launcher.WeftMain",
                command,
                "--data-dir",
                data.toString()));
        line.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
            builder.environment().putAll(environment);
            // Only what stays up: a JVM says on its output that it has options from there.
            if (command.equals("up") && !JVM_OPTIONS.isEmpty()) {
                builder.environment().put("JDK_JAVA_OPTIONS", JVM_OPTIONS);
            }
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(4, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("weft " + command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The REST API of a replica, 1, 2, …, as the administrator of the tenant demo; also after it was down. */
    public Rest rest(int replica) {
        return new Rest(() -> address(replica), token());
    }

    /** Where people and programs reach it. */
    public String publicAddress() {
        return "http://127.0.0.1:" + port;
    }

    /** Where a replica itself answers, 1, 2, …: without the edge, which would choose one. */
    public String address(int replica) {
        return RunState.read(new DataFolder(data)).orElseThrow().hubAddresses().get(replica - 1);
    }

    /** Of the administrator of the tenant demo. */
    public String token() {
        return weft("token").strip();
    }

    /** Where agents dial a replica, 1, 2, … */
    public int grpcPort(int replica) {
        return grpcPort + replica - 1;
    }

    /** As {@code kill -9}; the supervisor starts it again. */
    public void killHub(int replica) {
        hub(replica).destroyForcibly();
    }

    /** As a power cut of PostgreSQL, with all its children; the supervisor starts it again. Nothing if it is down. */
    void killDatabase() {
        ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(List::of)
                        .filter(arguments ->
                                arguments.contains(data.resolve("postgresql").toString()))
                        .isPresent())
                .forEach(server -> {
                    List<ProcessHandle> children = server.descendants().toList();
                    server.destroyForcibly();
                    children.forEach(ProcessHandle::destroyForcibly);
                });
    }

    /** The process of a replica, 1, 2, … */
    public ProcessHandle hub(int replica) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(a -> String.join(" ", a).contains("-exec.jar"))
                        .orElse(false))
                .filter(p -> environment(p.pid()).contains("WEFT_GRPC_PORT=" + grpcPort(replica)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("hub " + replica + " does not run"));
    }

    private static List<String> environment(long pid) {
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(pid), "environ"))
                    .split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    int replicas() {
        return replicas;
    }

    @Override
    public void close() {
        if (!Files.exists(data)) return;
        weft("down");
        try {
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
