package io.weft.agent.platform;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A queue with one worker: tasks run in order and never two at a time, on whichever thread the executor gives. With an
 * executor that runs at once, a task that adds another does not run it inside itself; with one that was stopped, tasks
 * are dropped.
 */
public final class Mailbox implements Executor {
    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean draining;

    public Mailbox(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (draining) return;
            draining = true;
        }
        try {
            threads.execute(this::drain);
        } catch (RejectedExecutionException stopped) {
            synchronized (tasks) {
                tasks.clear(); // nobody will ever run them
                draining = false;
            }
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    draining = false;
                    return;
                }
            }
            run(task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // A worker that died would stop everything behind it.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
