package io.weft.launcher.supervise;

import io.weft.launcher.LaunchProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A program of Weft's as one run uses it: a copy, for a build may replace the original under it, and taken apart, for a jar
 * of jars starts slowly.
 *
 * @param jar what {@code java -jar} runs
 */
record Program(Path jar) {
    /** @param name of the kind of program; older copies of that kind are deleted */
    static Program prepare(String name, Path original, Path folder) throws IOException {
        if (!Files.isReadable(original)) throw new LaunchProblem("the program " + original + " is not there");
        String identity = checksum(original);
        Path ready = folder.resolve(name + "-" + identity);
        Path jar = ready.resolve(original.getFileName());
        if (Files.exists(jar)) return new Program(jar);
        deleteOld(name, folder);
        Path fresh = Files.createTempDirectory(folder, "new-" + name + "-");
        if (takesApart(original)) takeApart(original, fresh);
        else Files.copy(original, fresh.resolve(original.getFileName()));
        Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
        return new Program(jar);
    }

    /** Builds give each file the same time: only the content tells one build from another. */
    private static String checksum(Path file) throws IOException {
        CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32());
        try (in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Long.toHexString(in.getChecksum().getValue()) + "-" + Files.size(file);
    }

    private static boolean takesApart(Path original) throws IOException {
        try (JarFile jar = new JarFile(original.toFile())) {
            return jar.getEntry("BOOT-INF/classes/") != null;
        }
    }

    private static void takeApart(Path original, Path target) throws IOException {
        Process tool = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        original.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        target.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new LaunchProblem("the program could not be unpacked: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking a program", e);
        }
    }

    private static void deleteOld(String name, Path folder) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> file.getFileName().toString().matches("(new-)?" + name + "-.*"))
                    .toList();
        }
        for (Path program : old) {
            try (Stream<Path> files = Files.walk(program)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** @param more options of the JVM */
    List<String> command(String... more) {
        List<String> line = new ArrayList<>(List.of(
                java(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(List.of(more));
        line.addAll(List.of("-jar", jar.toString()));
        return line;
    }
}
