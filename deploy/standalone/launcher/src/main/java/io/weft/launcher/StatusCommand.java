package io.weft.launcher;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs; exit status 0 when everything serves, 3 when something does not. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs. Exit status 0 when everything serves, 3 when not.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) return 3;
        PrintWriter out = known.commandLine().getOut();
        Optional<Running> running = Running.in(data.open());
        if (running.isEmpty()) {
            out.println("Weft is not up (data in " + data.path() + ").");
            out.flush();
            return 3;
        }
        boolean all = running.get().isUp();
        out.println("supervisor  process " + running.get().supervisor().pid() + ", since "
                + running.get().state().getProperty("since"));
        out.println("postgres    127.0.0.1:" + running.get().state().getProperty("postgresPort"));
        for (int i = 0; i < running.get().replicas(); i++) {
            int port = running.get().port() + i;
            boolean ready = HubProcess.isReady(port);
            all &= ready;
            out.println("hub-" + (i + 1) + "       http://127.0.0.1:" + port + "  " + (ready ? "ready" : "not ready"));
        }
        out.flush();
        return all ? 0 : 3;
    }
}
