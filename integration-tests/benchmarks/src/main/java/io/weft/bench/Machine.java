package io.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a figure was measured on, from {@code /proc}: without it no figure says anything. */
final class Machine {
    private Machine() {}

    /** Cores, memory, processor and JDK. */
    static String description() {
        return "%d cores (%s), %.0f GiB, JDK %s, Linux %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        entry("/proc/cpuinfo", "model name"),
                        kibibytes("/proc/meminfo", "MemTotal") / 1024.0 / 1024.0,
                        Runtime.version(),
                        System.getProperty("os.version"));
    }

    /** The load average of the last minute. */
    static String load() {
        return read(Path.of("/proc/loadavg")).split(" ")[0];
    }

    /** Seconds of a core that a process has used. */
    static double cpuSeconds(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0; // ticks are 10 ms on Linux
    }

    /** Resident memory of a process. */
    static double residentMebibytes(long pid) {
        return kibibytes("/proc/" + pid + "/status", "VmRSS") / 1024.0;
    }

    private static double kibibytes(String file, String name) {
        return Double.parseDouble(entry(file, name).replace("kB", "").strip());
    }

    private static String entry(String file, String name) {
        return read(Path.of(file))
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
