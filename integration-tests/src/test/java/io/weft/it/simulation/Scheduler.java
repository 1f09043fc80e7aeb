package io.weft.it.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** The simulated clock and everything that is to happen. One thread; the order follows from the seed. */
final class Scheduler implements InstantSource {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::order));
    private final Random random;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Trace trace = new Trace();
    private long order;

    private record Task(Instant at, long order, Host host, int life, Runnable work) {}

    Scheduler(Random random) {
        this.random = random;
    }

    @Override
    public Instant instant() {
        return now;
    }

    Trace trace() {
        return trace;
    }

    Random random() {
        return random;
    }

    /** Runs the work on the host unless it was killed meanwhile; while it sleeps, the work waits. */
    void after(Duration delay, Host host, Runnable work) {
        tasks.add(new Task(now.plus(delay), order++, host, host.life(), work));
    }

    /** @param most milliseconds; the delay is between 0 and this */
    Duration anyDelay(int most) {
        return Duration.ofMillis(random.nextInt(most + 1));
    }

    /** The next thing happens. False when nothing is left to happen before the given time. */
    boolean step(Instant until) {
        Task task = tasks.peek();
        if (task == null || task.at().isAfter(until)) {
            if (now.isBefore(until)) now = until;
            return false;
        }
        tasks.remove();
        if (task.at().isAfter(now)) now = task.at();
        if (task.life() != task.host().life()) return true; // of a process that is no more
        if (task.host().asleepUntil().isAfter(now)) {
            tasks.add(new Task(task.host().asleepUntil(), order++, task.host(), task.life(), task.work()));
        } else {
            trace.add(now + " " + task.host());
            task.work().run();
        }
        return true;
    }
}
