package io.weft.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the first tenant's token and nothing else, for use in a command. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints an administrator's API token of the tenant \"demo\".")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private FolderOption data = new FolderOption();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        System.out.println(new Secrets(folder.secrets())
                .token()
                .orElseThrow(() -> new LaunchProblem(
                        "no token in " + folder.root() + " yet (expected: a data folder that was brought up once)")));
        return 0;
    }
}
