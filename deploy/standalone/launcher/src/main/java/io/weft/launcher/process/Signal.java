package io.weft.launcher.process;

import io.weft.launcher.LaunchProblem;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The signals for which Java has no method of its own. */
public enum Signal {
    /** Asks PostgreSQL for a fast shutdown: clients are cut off, everything is written. */
    INT,
    /** Asks PostgreSQL for an immediate shutdown: it recovers at the next start. */
    QUIT,
    TERM,
    KILL;

    /** Sends it; a process that is already gone is no error. */
    public void send(long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid + " 2>/dev/null").start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) throw new LaunchProblem("kill " + pid + ": no answer");
        } catch (IOException e) {
            throw new LaunchProblem("kill " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
