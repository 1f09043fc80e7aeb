package io.weft.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of one log, which grows and now and then begins anew. */
final class LogTail {
    private static final int MOST_AT_ONCE = 1 << 20;

    private final Path file;
    private final String prefix;
    private long position;

    LogTail(Path file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    void printLast(int count) throws IOException {
        position = Math.max(0, Files.size(file) - MOST_AT_ONCE);
        List<String> lines = read();
        lines.subList(Math.max(0, lines.size() - count), lines.size()).forEach(this::print);
    }

    void printNew() throws IOException {
        read().forEach(this::print);
    }

    private void print(String line) {
        System.out.println(prefix + line);
    }

    /** Whole lines only; the rest is read when it is whole. */
    private List<String> read() throws IOException {
        if (!Files.exists(file)) return List.of();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < position) position = 0;
            byte[] bytes = new byte[(int) Math.min(MOST_AT_ONCE, open.length() - position)];
            open.seek(position);
            open.readFully(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n') + 1;
            position += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
