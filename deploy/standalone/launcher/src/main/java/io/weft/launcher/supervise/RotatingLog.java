package io.weft.launcher.supervise;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One component's output, at most two files of 10 MiB. A log that cannot be written is no reason to stop serving. */
final class RotatingLog {
    private static final long LIMIT = 10L * 1024 * 1024;

    private final Path file;
    private @Nullable BufferedWriter writer;
    private long size;

    RotatingLog(Path file) {
        this.file = file;
    }

    synchronized void line(String line) {
        try {
            if (writer == null || size > LIMIT) open();
            BufferedWriter open = writer;
            if (open == null) return;
            open.write(line);
            open.newLine();
            open.flush();
            size += line.length() + 1;
        } catch (IOException e) {
            // The disk is full or gone: the next line tries again.
            writer = null;
        }
    }

    private void open() throws IOException {
        if (writer != null) writer.close();
        writer = null;
        size = Files.exists(file) ? Files.size(file) : 0;
        if (size > LIMIT) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            size = 0;
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
