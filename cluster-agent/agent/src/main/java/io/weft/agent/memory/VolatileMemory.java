package io.weft.agent.memory;

import java.io.IOException;

/** A stand-in that forgets with its process, for simulations; survives an agent that is made anew with it. */
public final class VolatileMemory implements Memory {
    private StoredBundle stored = StoredBundle.NOTHING;

    @Override
    public synchronized StoredBundle load() {
        return stored;
    }

    @Override
    public synchronized void save(StoredBundle bundle) throws IOException {
        if (bundle.place().isBefore(stored.place())) {
            throw new IOException("place: " + bundle.place() + " (expected: at least " + stored.place() + ")");
        }
        stored = bundle;
    }
}
