package io.weft.it.whole;

import io.weft.it.real.Project;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Keycloak's distribution, an ordinary artefact of Maven Central, fetched and unpacked once into the person's cache. */
final class KeycloakFiles {
    private static final String ARTEFACT = "org.keycloak:keycloak-quarkus-dist:" + Keycloak.VERSION + ":zip";

    private KeycloakFiles() {}

    /** The unpacked distribution, not to be written to; empty where it cannot be had. */
    static Optional<Path> find() {
        Path unpacked = cache().resolve("keycloak-" + Keycloak.VERSION);
        try {
            if (!Files.isDirectory(unpacked)) unpack(unpacked);
            return Optional.of(unpacked);
        } catch (IOException notToBeHad) {
            return Optional.empty();
        }
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("weft");
    }

    private static void unpack(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path folder = Files.createTempDirectory(target.getParent(), "keycloak-");
        try {
            fetch(folder);
            extract(folder.resolve("keycloak-quarkus-dist-" + Keycloak.VERSION + ".zip"), folder);
            Files.move(folder.resolve("keycloak-" + Keycloak.VERSION), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException another) {
            if (!Files.isDirectory(target)) throw another;
        } finally {
            deleteTree(folder);
        }
    }

    private static void fetch(Path folder) throws IOException {
        Path project = Project.file("");
        Process maven = new ProcessBuilder(
                        project.resolve("mvnw").toString(),
                        "-q",
                        "-N",
                        "dependency:copy",
                        "-Dartifact=" + ARTEFACT,
                        "-DoutputDirectory=" + folder)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!maven.waitFor(1, TimeUnit.MINUTES) || maven.exitValue() != 0) throw new IOException(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void extract(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) throw new IOException("outside the archive: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    /** A copy for one server, which writes beside its program. */
    static void copyTo(Path distribution, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(distribution)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(distribution.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.copy(file, copy);
            }
        }
    }

    static void deleteTree(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
