package io.weft.agent.platform;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Distinct keys that wait to be looked at: adding one twice is adding it once, and none is dropped. */
public final class Keys<K> {
    private final Set<K> waiting = new LinkedHashSet<>();

    public synchronized void add(K key) {
        waiting.add(key);
        notifyAll();
    }

    /**
     * Hands over what waits, for ever, until interrupted.
     *
     * @param gather how long to wait for company after the first
     */
    public void forEach(Duration gather, Consumer<Set<K>> worker) {
        try {
            while (true) {
                awaitOne();
                Thread.sleep(gather);
                Set<K> taken = take();
                try {
                    worker.accept(taken);
                } catch (RuntimeException e) {
                    taken.forEach(this::add); // whoever goes on with them must not miss them
                    throw e;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitOne() throws InterruptedException {
        while (waiting.isEmpty()) wait();
    }

    private synchronized Set<K> take() {
        Set<K> taken = new LinkedHashSet<>(waiting);
        waiting.clear();
        return taken;
    }
}
