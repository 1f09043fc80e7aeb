package io.weft.launcher.supervise;

import io.weft.launcher.LaunchProblem;
import io.weft.launcher.RunState.Component;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Keeps one service running: starts it again when it ended by itself, and says each such change once. */
final class Keeper {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Service service;
    private final Consumer<String> log;
    private final Runnable changed;
    private final BackOff backOff = new BackOff();
    private volatile boolean stopping;
    private volatile boolean ready;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile Instant started = Instant.now();

    Keeper(Service service, Consumer<String> log, Runnable changed) {
        this.service = service;
        this.log = log;
        this.changed = changed;
    }

    String name() {
        return service.name();
    }

    /** The first start; fails when its process ends before it is ready. */
    void startFirst(Duration limit) {
        try {
            if (!service.running()) start();
        } catch (IOException e) {
            throw new LaunchProblem(name() + " did not start: " + e.getMessage(), e);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (!service.ready()) {
            if (!service.running()) throw new LaunchProblem(name() + " did not start: " + service.reason());
            if (System.nanoTime() > deadline) {
                throw new LaunchProblem(
                        name() + " was not ready within " + limit.toSeconds() + " s: " + service.reason());
            }
            sleep(POLL);
        }
        setReady(true);
        Thread.ofVirtual().name("keeper " + name()).start(this::keep);
    }

    private void keep() {
        while (!stopping) {
            awaitEnd();
            if (stopping) return;
            setReady(false);
            Duration wait = backOff.after(Duration.between(started, Instant.now()));
            log.accept(name() + " ended with status " + status() + " (" + service.reason()
                    + "); it is started again in " + wait.toMillis() + " ms");
            sleep(wait);
            startAgain();
        }
    }

    private void startAgain() {
        restarts.incrementAndGet();
        try {
            start();
            while (service.running() && !service.ready() && !stopping) sleep(POLL);
            if (!service.running() || stopping) return;
            setReady(true);
            log.accept(name() + " is ready again");
        } catch (IOException | LaunchProblem e) {
            log.accept(name() + ": " + e.getMessage());
        }
    }

    /** Never after a stop: a child that is started then would be left behind. */
    private synchronized void start() throws IOException {
        if (stopping) return;
        started = Instant.now();
        service.start();
        changed.run();
    }

    private void awaitEnd() {
        Process process = service.process();
        try {
            if (process != null) process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private int status() {
        Process process = service.process();
        return process == null || process.isAlive() ? 0 : process.exitValue();
    }

    private void setReady(boolean now) {
        ready = now;
        changed.run();
    }

    void stop() {
        stopping = true;
        synchronized (this) {
            service.stop();
        }
        setReady(false);
    }

    Component state() {
        Process process = service.process();
        if (process == null || !process.isAlive()) return new Component(0, 0, false, restarts.get());
        long since = process.info().startInstant().orElse(started).toEpochMilli();
        return new Component(process.pid(), since, ready, restarts.get());
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
