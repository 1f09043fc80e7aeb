package io.weft.launcher;

import java.util.Optional;
import java.util.Properties;

/** A supervisor that runs, as its state file and the process table say. */
record Running(ProcessHandle supervisor, Properties state) {
    static Optional<Running> in(DataFolder folder) {
        return folder.state().flatMap(state -> {
            String text = state.getProperty("state", "");
            if (!text.equals("up") && !text.equals("starting")) return Optional.empty();
            long pid = Long.parseLong(state.getProperty("pid", "-1"));
            // A process number may be given to somebody else once the supervisor is dead.
            return ProcessHandle.of(pid)
                    .filter(p -> p.isAlive()
                            && p.info().command().map(c -> c.endsWith("java")).orElse(false))
                    .map(p -> new Running(p, state));
        });
    }

    int port() {
        return Integer.parseInt(state.getProperty("port", "0"));
    }

    int replicas() {
        return Integer.parseInt(state.getProperty("replicas", "1"));
    }

    boolean isUp() {
        return "up".equals(state.getProperty("state"));
    }
}
