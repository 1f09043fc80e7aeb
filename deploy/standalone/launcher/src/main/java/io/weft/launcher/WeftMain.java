package io.weft.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./weft}: Weft on one machine. */
@Command(
        name = "weft",
        mixinStandardHelpOptions = true,
        version = "Weft 0.1.0",
        description = "Weft on this machine: PostgreSQL and the hub in one process tree.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            CommandLine.HelpCommand.class
        })
public final class WeftMain implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new WeftMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof LauncherException)) throw failure;
            PrintWriter err = command.getErr();
            err.println(failure.getMessage());
            err.flush();
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.Model.CommandSpec known = spec;
        if (known != null) known.commandLine().usage(known.commandLine().getOut());
    }
}
