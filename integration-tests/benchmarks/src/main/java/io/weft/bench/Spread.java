package io.weft.bench;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** One change under way: when each of the agents that it concerns had it, and had applied it. */
final class Spread {
    private final AtomicLongArray arrived;
    private final AtomicLongArray applied;
    private final CountDownLatch missing;
    private final int[] places;

    /** @param size of the fleet */
    Spread(int size, List<FleetAgent> concerned) {
        arrived = new AtomicLongArray(concerned.size());
        applied = new AtomicLongArray(concerned.size());
        missing = new CountDownLatch(concerned.size());
        places = new int[size];
        java.util.Arrays.fill(places, -1);
        for (int i = 0; i < concerned.size(); i++) places[concerned.get(i).number()] = i;
    }

    void arrived(FleetAgent agent, long nanoTime) {
        int place = places[agent.number()];
        if (place < 0) throw new IllegalStateException(agent.cluster() + " has a bundle that does not concern it");
        arrived.compareAndSet(place, 0, nanoTime);
    }

    void applied(FleetAgent agent, long nanoTime) {
        int place = places[agent.number()];
        // What is applied without having arrived is the old bundle, looked at again.
        if (place >= 0 && arrived.get(place) != 0 && applied.compareAndSet(place, 0, nanoTime)) missing.countDown();
    }

    /** Waits for the last, then adds to what is known: of every agent, and of the last one. */
    void finish(long begun, Samples to) throws InterruptedException {
        if (!missing.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing.getCount() + " agents did not apply the change");
        }
        long lastArrived = 0;
        long lastApplied = 0;
        for (int i = 0; i < arrived.length(); i++) {
            to.arrived.add(arrived.get(i) - begun);
            to.applied.add(applied.get(i) - begun);
            lastArrived = Math.max(lastArrived, arrived.get(i));
            lastApplied = Math.max(lastApplied, applied.get(i));
        }
        to.lastArrived.add(lastArrived - begun);
        to.lastApplied.add(lastApplied - begun);
    }

    /** Of many changes. */
    static final class Samples {
        final Latencies answered = new Latencies();
        final Latencies arrived = new Latencies();
        final Latencies applied = new Latencies();
        final Latencies lastArrived = new Latencies();
        final Latencies lastApplied = new Latencies();
    }
}
