package io.weft.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts children that get a signal from the kernel when this process dies, however it dies (Linux; elsewhere they are
 * plain children). The kernel ties that signal to the thread that forked, so one thread that never ends forks them all.
 * Each child leads a session of its own: Ctrl-C at the terminal reaches only this process, which then stops them in order.
 */
public final class Children {
    private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("forker").factory());

    private Children() {}

    /**
     * Starts the command; its standard error goes into its standard output.
     *
     * @param atParentsDeath what the kernel sends it when this process dies
     * @param environment replaces or adds to this process's own; an empty value removes the variable
     */
    public static Process start(
            List<String> command, Map<String, String> environment, Path directory, Signal atParentsDeath)
            throws IOException {
        List<String> whole = new ArrayList<>();
        tool("setsid").ifPresent(whole::add);
        tool("setpriv").ifPresent(path -> whole.addAll(List.of(path, "--pdeathsig", atParentsDeath.name())));
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(directory.toFile()).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) builder.environment().remove(name);
            else builder.environment().put(name, value);
        });
        return fork(builder);
    }

    private static Process fork(ProcessBuilder builder) throws IOException {
        try {
            return FORKER.submit(builder::start).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted while starting " + builder.command().getFirst(), e);
        }
    }

    /** Where a tool of Linux's util-linux is; nothing on a system without it. */
    public static Optional<String> tool(String name) {
        if (!System.getProperty("os.name").startsWith("Linux")) return Optional.empty();
        for (String folder : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) return Optional.of(path.toString());
        }
        return Optional.empty();
    }
}
