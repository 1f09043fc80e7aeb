package io.weft.hub.world;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is as good for everybody who asked before it began: a thousand sessions that come back at once read the log a
 * few times, not a thousand times. A failure is shared like a success, so that nobody waits for the others' time-outs in turn.
 */
final class SharedWork {
    private final ReentrantLock turn = new ReentrantLock();

    /** How many runs have begun; the number of a run is what it was then. */
    private final AtomicLong begun = new AtomicLong();

    /** Guarded by the turn: the newest run that ended. */
    private long ended;

    private @Nullable RuntimeException failure;

    /** Returns when a run has ended that began after this was called; throws what that run threw. */
    void share(Runnable work) {
        long before = begun.get();
        turn.lock();
        try {
            if (ended <= before) run(work);
            if (failure != null) throw failure;
        } finally {
            turn.unlock();
        }
    }

    private void run(Runnable work) {
        long number = begun.incrementAndGet();
        RuntimeException thrown = null;
        try {
            work.run();
        } catch (RuntimeException e) {
            thrown = e;
        }
        // The work may have run again within itself; the later answer is the newer one.
        ended = Math.max(ended, number);
        failure = thrown;
    }
}
