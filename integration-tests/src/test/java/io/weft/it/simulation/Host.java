package io.weft.it.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** A process that can be killed, and put to sleep in the middle of what it does. */
class Host {
    private final Scheduler scheduler;
    private final String name;
    private int life;
    private Instant asleepUntil = Instant.MIN;
    private Instant lastRun = Instant.MIN;

    Host(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
    }

    String name() {
        return name;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Grows with each kill; work of an earlier life is not done. */
    int life() {
        return life;
    }

    Instant asleepUntil() {
        return asleepUntil;
    }

    boolean asleep() {
        return asleepUntil.isAfter(scheduler.instant());
    }

    void kill() {
        life++;
        asleepUntil = Instant.MIN;
    }

    /** As a machine that swaps or a paused virtual machine: nothing is lost, everything comes late. */
    void sleep(Duration duration) {
        asleepUntil = scheduler.instant().plus(duration);
    }

    /** One thread of this process: in order, each a little later. */
    Executor executor() {
        return work -> {
            Instant next = scheduler.instant().plus(scheduler.anyDelay(2));
            if (next.isBefore(lastRun)) next = lastRun;
            lastRun = next;
            scheduler.after(Duration.between(scheduler.instant(), next), this, work);
        };
    }

    /** Again and again until the process is killed. */
    void every(Duration period, Runnable work) {
        scheduler.after(period, this, () -> {
            work.run();
            every(period, work);
        });
    }

    @Override
    public String toString() {
        return name + "#" + life;
    }
}
