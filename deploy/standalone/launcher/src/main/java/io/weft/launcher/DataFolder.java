package io.weft.launcher;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The one folder in which an installation keeps everything. Its format has a number, so that an older Weft leaves a newer folder alone. */
public record DataFolder(Path root) {
    /** What this version writes; raised when an older version could not read it any more. */
    static final int FORMAT = 1;

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long NEEDED_FIRST = 512 * MEBIBYTE;
    private static final long NEEDED_LATER = 128 * MEBIBYTE;

    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** {@code $WEFT_DATA_DIR}, {@code $XDG_DATA_HOME/weft} or {@code ~/.local/share/weft}. */
    public static Path usual() {
        String chosen = System.getenv("WEFT_DATA_DIR");
        if (chosen != null && !chosen.isBlank()) return Path.of(chosen);
        String base = System.getenv("XDG_DATA_HOME");
        return base == null || base.isBlank() ? HomeFolder.path().resolve(".local/share/weft") : Path.of(base, "weft");
    }

    /** Makes it if it is not there; refuses one of a newer version, one that is not ours and one without space. */
    public void prepare() {
        try {
            boolean first = !Files.exists(formatFile());
            if (first && Files.isDirectory(root) && !isEmpty(root)) {
                throw new LaunchProblem("--data-dir: " + root
                        + " (expected: an empty folder, or one that Weft made; this has other files)");
            }
            checkFormat();
            makePrivate(root);
            checkSpace(first ? NEEDED_FIRST : NEEDED_LATER);
            if (first) Files.writeString(formatFile(), FORMAT + "\n");
            makePrivate(secrets());
            makePrivate(logs());
            makePrivate(run());
        } catch (IOException e) {
            throw new LaunchProblem("--data-dir: " + root + " (expected: a folder that can be written: " + e + ")", e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Refuses a folder that a newer version wrote. */
    public void checkFormat() throws IOException {
        if (!Files.exists(formatFile())) return;
        String text = Files.readString(formatFile()).strip();
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > FORMAT) {
            throw new LaunchProblem("--data-dir: " + root + " has format " + text + ", of a newer Weft (expected: "
                    + FORMAT + " or older; use that version of Weft, or another folder)");
        }
    }

    private void checkSpace(long needed) throws IOException {
        FileStore store = Files.getFileStore(root);
        if (store.getUsableSpace() >= needed) return;
        throw new LaunchProblem("disk full: " + store.getUsableSpace() / MEBIBYTE + " MiB free for " + root
                + " (expected: at least " + needed / MEBIBYTE + " MiB)");
    }

    /** Whether a failure is likely to be for want of space. */
    public boolean full() {
        try {
            return Files.getFileStore(root).getUsableSpace() < 16 * MEBIBYTE;
        } catch (IOException e) {
            return false;
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private Path formatFile() {
        return root.resolve("format");
    }

    /** PostgreSQL's own data directory. */
    public Path database() {
        return root.resolve("postgresql");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** What only the present run needs. */
    public Path run() {
        return root.resolve("run");
    }

    /** For the hub itself. */
    public Path hub() {
        return root.resolve("hub");
    }
}
