package io.weft.launcher.postgres;

import io.weft.launcher.LaunchProblem;
import io.weft.launcher.process.Children;
import io.weft.launcher.process.OutputPump;
import io.weft.launcher.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the server keeps its data. It is made beside its place and then renamed: a half-made one is never opened. */
final class DataDirectory {
    private DataDirectory() {}

    static void prepare(Path directory, Binaries binaries, String superuserPassword) throws IOException {
        if (Files.exists(directory)) {
            checkVersion(directory);
            return;
        }
        Path parent = directory.resolve("..").normalize();
        Path fresh = parent.resolve(directory.getFileName() + ".new");
        delete(fresh);
        Files.createDirectories(parent);
        Path passwordFile = Files.createTempFile(
                parent, ".pw", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, superuserPassword + "\n");
            initialise(fresh, parent, binaries, passwordFile);
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(fresh, directory);
    }

    private static void checkVersion(Path directory) throws IOException {
        Path file = directory.resolve("PG_VERSION");
        String version = Files.exists(file) ? Files.readString(file).strip() : "no PG_VERSION";
        if (!version.equals(Integer.toString(Binaries.MAJOR))) {
            throw new LaunchProblem("data of PostgreSQL in " + directory + ": version " + version + " (expected: "
                    + Binaries.MAJOR + "); use the version of Weft that made it, or another --data-dir.");
        }
    }

    private static void initialise(Path fresh, Path parent, Binaries binaries, Path passwordFile) throws IOException {
        List<String> command = new ArrayList<>(RootGuard.prefix());
        command.addAll(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions"));
        Process initdb = Children.start(command, Map.of("PGDATA", ""), parent, Signal.KILL);
        OutputPump output = OutputPump.of(initdb, line -> {});
        try {
            if (initdb.waitFor() == 0) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while initdb runs", e);
        }
        List<String> lines = output.lastLines();
        throw new LaunchProblem("PostgreSQL could not make its data in " + fresh + ": "
                + lines.stream()
                        .filter(line -> line.contains("error") || line.contains("FATAL") || line.contains("No space"))
                        .findFirst()
                        .orElse(lines.isEmpty() ? "no output" : lines.getLast()));
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
