package io.weft.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./weft}. */
@Command(
        name = "weft",
        description = "Runs Weft on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpCommand.class,
            SuperviseCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            PasswordCommand.class
        })
public final class WeftMain implements Runnable {
    /** Exit status of a command that could not do what it was asked. */
    static final int FAILED = 1;
    /** Exit status of {@code status} when Weft is not up. */
    static final int NOT_UP = 3;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit status. */
    static int run(String... arguments) {
        return new CommandLine(new WeftMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, line, result) -> {
                    line.getErr().println("weft: " + sentence(exception));
                    return FAILED;
                })
                .execute(arguments);
    }

    /** Of a disk or a network that fails; anything else is a mistake of ours, and its trace is wanted. */
    private static String sentence(Exception exception) throws Exception {
        if (exception instanceof LaunchProblem) return String.valueOf(exception.getMessage());
        if (exception instanceof UncheckedIOException) return String.valueOf(exception.getCause());
        if (exception instanceof IOException) return exception.toString();
        throw exception;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
