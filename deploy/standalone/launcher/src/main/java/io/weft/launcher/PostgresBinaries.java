package io.weft.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the class path. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Answers the folder that has {@code bin/postgres}; unpacks below {@code cache} when it is not there yet. */
    static Path in(Path cache) {
        String name = "postgres-" + system();
        Path folder = cache.resolve(name);
        if (Files.isExecutable(folder.resolve("bin/postgres"))) return folder;
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + name + ".txz")) {
            if (packed == null) {
                throw new LauncherException("No PostgreSQL for this system (" + system()
                        + ") comes with Weft (expected: Linux on x86_64 or arm64).");
            }
            Path half = Files.createTempDirectory(Files.createDirectories(cache), name + ".new");
            unpack(packed, half);
            if (!Files.exists(folder)) Files.move(half, folder);
            return folder;
        } catch (IOException e) {
            throw new LauncherException("PostgreSQL cannot be unpacked into " + cache + " (" + e.getMessage() + ")", e);
        }
    }

    private static String system() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String known = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
        return System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + known;
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) throw new IOException("archive leads outside: " + entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) executable(path);
                }
            }
        }
        try (Stream<Path> all = Files.walk(target)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) readableByAll(folder);
        }
    }

    private static void executable(Path path) throws IOException {
        Files.setPosixFilePermissions(
                path,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_EXECUTE));
    }

    private static void readableByAll(Path folder) throws IOException {
        executable(folder);
    }
}
