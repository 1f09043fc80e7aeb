package io.weft.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the last lines of each component's log, and follows them if asked. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Prints logs: of all, or of one of weft, postgres, hub-1, …")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as lines are written.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "Last lines of each. Default: 50")
    private int lines;

    @Parameters(arity = "0..1", paramLabel = "COMPONENT")
    private @Nullable String component;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) return 1;
        PrintWriter out = known.commandLine().getOut();
        List<Path> files = files();
        Map<Path, Integer> read = new HashMap<>();
        for (Path file : files) {
            List<String> all = Files.readAllLines(file);
            print(out, file, all.subList(Math.max(0, all.size() - lines), all.size()), files.size() > 1);
            read.put(file, all.size());
        }
        while (follow) {
            Thread.sleep(300);
            for (Path file : files) {
                List<String> all = Files.readAllLines(file);
                print(
                        out,
                        file,
                        all.subList(Math.min(read.getOrDefault(file, 0), all.size()), all.size()),
                        files.size() > 1);
                read.put(file, all.size());
            }
        }
        return 0;
    }

    private List<Path> files() throws IOException {
        DataFolder folder = data.open();
        if (component != null) {
            Path file = folder.log(component).normalize();
            if (!file.startsWith(folder.logs()) || !Files.exists(file)) {
                throw new LauncherException(component + ": has no log (expected: weft, postgres, hub-1, …)");
            }
            return List.of(file);
        }
        if (!Files.isDirectory(folder.logs())) throw new LauncherException("Nothing ran yet in " + folder.root() + ".");
        try (var all = Files.list(folder.logs())) {
            return new ArrayList<>(all.sorted(Comparator.naturalOrder()).toList());
        }
    }

    private static void print(PrintWriter out, Path file, List<String> lines, boolean named) {
        String prefix = named ? file.getFileName().toString().replace(".log", "") + " | " : "";
        lines.forEach(line -> out.println(prefix + line));
        out.flush();
    }
}
