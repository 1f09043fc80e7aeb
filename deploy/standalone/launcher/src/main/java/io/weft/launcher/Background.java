package io.weft.launcher;

import io.weft.launcher.process.Children;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a supervisor that goes on when this command has returned and its terminal is closed. */
final class Background {
    private Background() {}

    static Process start(RunOptions options) throws IOException {
        DataFolder folder = options.folder();
        List<String> command = new ArrayList<>();
        Children.tool("setsid").ifPresent(command::add);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", ownCopy(folder), WeftMain.class.getName(), "supervise"));
        command.addAll(LaunchOptions.arguments(options));
        File log = log(folder).toFile();
        return new ProcessBuilder(command)
                .directory(folder.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.appendTo(log))
                .redirectErrorStream(true)
                .start();
    }

    /** The class path with this program's own jar copied: a build may replace the original under the supervisor. */
    private static String ownCopy(DataFolder folder) throws IOException {
        Path own;
        try {
            own = Path.of(WeftMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        if (!Files.isRegularFile(own)) return path;
        Path copy = folder.run().resolve("launcher.jar");
        Files.copy(own, copy, StandardCopyOption.REPLACE_EXISTING);
        return copy + File.pathSeparator + path;
    }

    private static Path log(DataFolder folder) {
        return folder.logs().resolve("supervisor.log");
    }

    /** Why a supervisor ended that could not even say so in its state. */
    static String lastLine(DataFolder folder) {
        try {
            List<String> lines = Files.readAllLines(log(folder));
            return lines.isEmpty() ? "see " + log(folder) : lines.getLast().replaceFirst("^weft: ", "");
        } catch (IOException e) {
            throw new LaunchProblem("the log " + log(folder) + " cannot be read: " + e, e);
        }
    }
}
