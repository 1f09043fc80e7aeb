package io.weft.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product as {@code ./weft up} starts it, with the demonstration's fleet, in a data folder of its own. */
public final class ConsoleStack implements AutoCloseable {
    static final Path HOME = home();
    private static final Pattern ADDRESS = Pattern.compile("Weft is up at (http://[^\\s;]+)");
    private static final Pattern PASSWORD = Pattern.compile("password[: ]+(\\S+)");

    private final Path data;
    private String output = "";

    private ConsoleStack(Path data) {
        this.data = data;
    }

    static ConsoleStack up() {
        try {
            ConsoleStack stack = new ConsoleStack(Files.createTempDirectory("weft-browser"));
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
            long before = System.nanoTime();
            stack.output = stack.weft(
                    "up", "--port=" + freePort(), "--grpc-port=" + freePort(), "--address=127.0.0.1", "--quiet-fleet");
            System.out.printf("figure: ./weft up, ready in %.1f s%n", (System.nanoTime() - before) / 1e9);
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where people reach it: scheme, host and port. */
    public String address() {
        return printed(ADDRESS);
    }

    /** Of every demonstration user. */
    public String password() {
        return printed(PASSWORD);
    }

    /** What {@code ./weft up} printed. */
    public String output() {
        return output;
    }

    private String printed(Pattern pattern) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) throw new AssertionError("./weft up did not print " + pattern + ": " + output);
        return matcher.group(1);
    }

    /** The REST interface as the administrator of the tenant demo, past the browser. */
    public Rest rest() {
        return new Rest(address() + "/api/v1", weft("token").strip());
    }

    /** As {@code kill -9} to a process of the tree, such as {@code hub-1}; the launcher starts it again. */
    public void kill(String component) {
        Matcher process = Pattern.compile(component + " .*process (\\d+)").matcher(weft("status"));
        if (!process.find()) throw new AssertionError(component + " does not run");
        ProcessHandle.of(Long.parseLong(process.group(1))).orElseThrow().destroyForcibly();
    }

    /** Runs a command of the launcher on this data folder, as the script does; answers what it printed. */
    public String weft(String command, String... arguments) {
        Path launcher = HOME.resolve("deploy/standalone/launcher/target");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dweft.home=" + HOME,
                "-cp",
                jar(launcher) + ":" + launcher + "/lib/*",
                "io.weft.launcher.WeftMain",
                command,
                "--data-dir=" + data));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(4, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("weft " + command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path jar(Path launcher) {
        try (Stream<Path> files = Files.list(launcher)) {
            return files.filter(file -> file.getFileName().toString().matches("weft-launcher-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no launcher in " + launcher + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("weft")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the tests do not run below the folder that has ./weft"));
    }

    /** Another program may take it meanwhile, which the launcher then says. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(data)) return;
        weft("down");
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
