package io.weft.launcher;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints an API token of the first tenant, alone, so that scripts can take it. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints an API token of the tenant demo, and nothing else.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        DataFolder folder = data.open();
        if (!Files.exists(folder.token())) {
            throw new LauncherException("There is no token yet in " + folder.root() + ": run ./weft up first.");
        }
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) return 1;
        known.commandLine().getOut().println(folder.apiToken());
        known.commandLine().getOut().flush();
        return 0;
    }
}
