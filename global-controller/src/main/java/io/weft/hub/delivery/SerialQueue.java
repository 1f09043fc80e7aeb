package io.weft.hub.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other on an executor. A task that answers false keeps its place and is tried again after
 * {@link #resume}; those behind it wait.
 */
final class SerialQueue {
    @FunctionalInterface
    interface Task {
        /** Whether it is done. */
        boolean run();
    }

    private final Executor executor;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean running;

    SerialQueue(Executor executor) {
        this.executor = executor;
    }

    void add(Task task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running || tasks.size() > 1) return; // runs, or is held up by the one before
            running = true;
        }
        executor.execute(this::drain);
    }

    void resume() {
        synchronized (tasks) {
            if (running || tasks.isEmpty()) return;
            running = true;
        }
        executor.execute(this::drain);
    }

    int size() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    void clear() {
        synchronized (tasks) {
            tasks.clear();
        }
    }

    private void drain() {
        while (true) {
            Task task;
            synchronized (tasks) {
                task = tasks.peek();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            boolean done = task.run();
            synchronized (tasks) {
                if (done) tasks.remove(task);
                else {
                    running = false;
                    return;
                }
            }
        }
    }
}
