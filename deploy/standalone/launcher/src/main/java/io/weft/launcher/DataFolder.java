package io.weft.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/** Everything that survives a restart, in one folder that only its owner can read. */
public final class DataFolder {
    /** Raised when an older launcher could not read the folder any more. */
    static final int VERSION = 1;

    private static final long LEAST_FREE = 512L << 20;

    private final Path root;

    public DataFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Makes the folder, or checks that this version can work with what is there. */
    public void open() {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            Path version = root.resolve("version");
            if (Files.exists(version)) {
                check(Files.readString(version).strip());
            } else {
                Files.writeString(version, VERSION + "\n");
            }
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new LauncherException(root + ": cannot be used as the data folder (" + e.getMessage() + ")", e);
        }
    }

    private void check(String version) {
        try {
            if (Integer.parseInt(version) > VERSION) {
                throw new LauncherException(root + " was written by a newer Weft (data version " + version
                        + ", this one knows " + VERSION + "): run that Weft, or choose another --data-dir.");
            }
        } catch (NumberFormatException e) {
            throw new LauncherException(root + "/version: " + version + " (expected: a number)", e);
        }
    }

    /** Refuses to start where there is hardly room. */
    public void checkRoom() {
        try {
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE) {
                throw new LauncherException("The disk of " + root + " is nearly full: " + (free >> 20)
                        + " MiB free (expected: at least " + (LEAST_FREE >> 20) + " MiB).");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("log");
    }

    public Path log(String component) {
        return logs().resolve(component + ".log");
    }

    Path lock() {
        return root.resolve("supervisor.lock");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path token() {
        return root.resolve("token");
    }

    Path masterKey() {
        return root.resolve("master.key");
    }

    /** A secret made at its first use, 32 random bytes in hexadecimal; the file is for its owner only. */
    String secret(String name) {
        return kept(root.resolve("secret-" + name), () -> HexFormat.of().formatHex(random()));
    }

    /** The first tenant's API token, in the form that the hub accepts. */
    String apiToken() {
        byte[] id = new byte[10];
        new SecureRandom().nextBytes(id);
        return kept(
                token(),
                () -> "weft_" + HexFormat.of().formatHex(id) + "_"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
    }

    void makeMasterKey() {
        kept(masterKey(), () -> Base64.getEncoder().encodeToString(random()));
    }

    private interface Maker {
        String make();
    }

    private static String kept(Path file, Maker maker) {
        try {
            if (Files.exists(file)) return Files.readString(file).strip();
            String made = maker.make();
            Path half = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, made + "\n", StandardOpenOption.WRITE);
            Files.move(half, file);
            return made;
        } catch (IOException e) {
            throw new LauncherException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** What the running supervisor says of itself; empty when none wrote anything. */
    Optional<Properties> state() {
        Path file = root.resolve("state.properties");
        if (!Files.exists(file)) return Optional.empty();
        Properties state = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            state.load(in);
            return Optional.of(state);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void state(Properties state) {
        Path half = root.resolve("state.properties.new");
        try (var out = Files.newBufferedWriter(half)) {
            state.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Files.move(
                    half,
                    root.resolve("state.properties"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
