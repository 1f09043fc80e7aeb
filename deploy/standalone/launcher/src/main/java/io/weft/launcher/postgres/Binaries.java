package io.weft.launcher.postgres;

import io.weft.launcher.LaunchProblem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked once per machine into a cache folder.
 *
 * @param home has {@code bin/postgres} and {@code bin/initdb}
 */
record Binaries(Path home) {
    /** The major version; a data folder of another one cannot be opened. */
    static final int MAJOR = 18;

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks below the cache folder unless that was done before; several processes may do so at once. */
    static Binaries unpacked(Path cache) throws IOException {
        String archive = archive();
        Path home = cache.resolve("postgresql-" + MAJOR + "-" + archive.replace(".txz", ""));
        if (Files.isDirectory(home)) return new Binaries(home);
        try {
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new LaunchProblem("PostgreSQL could not be unpacked into " + cache + ": " + e, e);
        }
        try (InputStream packed = Binaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) throw new LaunchProblem("PostgreSQL: " + archive + " is not part of this build");
            Path fresh = Files.createTempDirectory(cache, "unpacking-");
            untar(packed, fresh);
            adopt(fresh, home);
        }
        return new Binaries(home);
    }

    private static String archive() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return "postgres-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    /** The tool keeps modes and links; the JDK reads neither tar nor xz. */
    private static void untar(InputStream packed, Path target) throws IOException {
        Process tar = new ProcessBuilder("tar", "-x", "-o", "-f", "-", "-C", target.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream plain = new XZInputStream(new BufferedInputStream(packed));
                OutputStream into = tar.getOutputStream()) {
            plain.transferTo(into);
        } catch (IOException e) {
            throw new LaunchProblem("PostgreSQL could not be unpacked into " + target + ": " + e.getMessage(), e);
        }
        try {
            if (tar.waitFor() != 0) {
                throw new LaunchProblem("PostgreSQL could not be unpacked into " + target + " (expected: free space)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        }
    }

    /** Gives the folder its name; whoever is second throws its own away. */
    private static void adopt(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) throw e;
            try (Stream<Path> files = Files.walk(fresh)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}
