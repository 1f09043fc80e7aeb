package io.weft.launcher;

import io.weft.launcher.RunState.Component;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs; exit status 0: up, 3: not up.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private FolderOption data = new FolderOption();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        Optional<RunState> read = RunLock.held(folder) ? RunState.read(folder) : Optional.empty();
        if (read.isEmpty()) {
            System.out.println("Weft is not up (data folder " + folder.root() + ").");
            return WeftMain.NOT_UP;
        }
        RunState state = read.get();
        System.out.println(
                switch (state.phase()) {
                    case STARTING -> "Weft is starting: " + state.message();
                    case UP -> "Weft is up at " + state.address() + "; agents dial " + state.grpcAddress();
                    case STOPPING -> "Weft is stopping";
                    case FAILED -> "Weft failed: " + state.message();
                });
        System.out.println("  data folder  " + folder.root());
        if (state.phase() == RunState.Phase.UP && state.demoUsers()) {
            System.out.println("  log in       as ada, ed, vera or otto; ./weft password prints their password");
        }
        state.processes().forEach((name, component) -> System.out.println("  " + line(name, component)));
        return state.phase() == RunState.Phase.UP ? 0 : WeftMain.NOT_UP;
    }

    private static String line(String name, Component component) {
        String what = component.process().isEmpty()
                ? "not running"
                : (component.ready() ? "ready" : "not ready") + ", process " + component.processId();
        return "%-12s %s, started again %d times".formatted(name, what, component.restarts());
    }
}
