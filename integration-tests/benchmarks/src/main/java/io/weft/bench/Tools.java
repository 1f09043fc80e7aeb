package io.weft.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other processes, asked with the tools of the JDK and of Linux. */
final class Tools {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private Tools() {}

    /** Mebibytes of a JVM's heap that are in use after a full collection. */
    static double usedMebibytes(long pid) {
        jcmd(Long.toString(pid), "GC.run");
        Matcher used = USED.matcher(jcmd(Long.toString(pid), "GC.heap_info"));
        if (!used.find()) throw new IllegalStateException("GC.heap_info of " + pid + " cannot be read");
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    /** Asks a JVM; answers what it printed. */
    static String jcmd(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IllegalStateException(String.join(" ", command) + ": " + output);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
