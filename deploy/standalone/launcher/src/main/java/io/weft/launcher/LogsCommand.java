package io.weft.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the components wrote. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the newest lines of the logs.")
final class LogsCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 200;

    @Mixin
    private FolderOption data = new FolderOption();

    @Option(names = "-f", description = "Go on with what comes.")
    private boolean follow;

    @Option(names = "-n", defaultValue = "100", description = "Lines of each (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMPONENT",
            description = "supervisor, postgresql, hub-1, hub-2 …; all without.")
    private @Nullable String component;

    @Override
    public Integer call() throws Exception {
        List<LogTail> tails = tails(data.folder());
        for (LogTail tail : tails) tail.printLast(lines);
        while (follow) {
            Thread.sleep(POLL_MILLIS);
            for (LogTail tail : tails) tail.printNew();
        }
        return 0;
    }

    private List<LogTail> tails(DataFolder folder) throws IOException {
        if (!Files.isDirectory(folder.logs())) throw new LaunchProblem("no logs in " + folder.root() + " yet.");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.logs())) {
            files = all.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
        List<String> names = files.stream().map(LogsCommand::name).toList();
        if (component != null && !names.contains(component)) {
            throw new LaunchProblem("component: " + component + " (expected: " + String.join(", ", names) + ")");
        }
        List<LogTail> tails = new ArrayList<>();
        for (Path file : files) {
            if (component == null) tails.add(new LogTail(file, name(file) + " | "));
            else if (name(file).equals(component)) tails.add(new LogTail(file, ""));
        }
        return tails;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".log", "");
    }
}
