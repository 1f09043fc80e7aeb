package io.weft.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the demo users' password and nothing else. */
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        description = "Prints the password of the demo users ada, ed, vera and otto.")
final class PasswordCommand implements Callable<Integer> {
    @Mixin
    private FolderOption data = new FolderOption();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        System.out.println(new Secrets(folder.secrets())
                .demoPassword()
                .orElseThrow(() -> new LaunchProblem("no password in " + folder.root()
                        + " yet (expected: a data folder that was brought up once)")));
        return 0;
    }
}
