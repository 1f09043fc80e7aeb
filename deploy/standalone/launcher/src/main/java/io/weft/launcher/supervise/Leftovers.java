package io.weft.launcher.supervise;

import io.weft.launcher.DataFolder;
import io.weft.launcher.RunState;
import io.weft.launcher.postgres.Leftover;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What a supervisor that was killed could not stop: hubs that have not noticed yet, and PostgreSQL. */
public final class Leftovers {
    private static final int GRACE_SECONDS = 15;

    private Leftovers() {}

    /** Stops them, the hub before its database. Only for the holder of the lock. Returns whether there were any. */
    public static boolean stop(DataFolder folder, Consumer<String> say) throws IOException {
        boolean found = false;
        Map<String, RunState.Component> processes = RunState.read(folder)
                .map(state -> (Map<String, RunState.Component>) state.processes())
                .orElse(Map.of());
        for (Map.Entry<String, RunState.Component> entry : processes.entrySet()) {
            if (entry.getKey().equals("postgresql")) continue;
            var process = entry.getValue().process();
            if (process.isEmpty()) continue;
            say.accept("stopping " + entry.getKey() + " of an earlier run, process "
                    + process.get().pid());
            end(process.get());
            found = true;
        }
        if (Leftover.stop(folder.database())) {
            say.accept("stopped PostgreSQL of an earlier run");
            found = true;
        }
        return found;
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().orTimeout(GRACE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TimeoutException)) throw e;
            process.destroyForcibly();
            process.onExit().orTimeout(GRACE_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
