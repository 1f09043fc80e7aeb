package io.weft.launcher;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the hubs, then PostgreSQL; the data stays. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything; the data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Optional<Running> running = Running.in(data.open());
        if (running.isEmpty()) {
            say("Weft is not up.");
            return 0;
        }
        ProcessHandle supervisor = running.get().supervisor();
        supervisor.destroy();
        try {
            supervisor.onExit().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LauncherException("Weft does not stop (process " + supervisor.pid() + ").", e);
        }
        say("Weft is down.");
        return 0;
    }

    private void say(String line) {
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) return;
        known.commandLine().getOut().println(line);
        known.commandLine().getOut().flush();
    }
}
