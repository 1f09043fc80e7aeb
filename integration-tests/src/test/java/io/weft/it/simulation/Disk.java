package io.weft.it.simulation;

import io.weft.agent.memory.Memory;
import io.weft.agent.memory.StoredBundle;
import java.io.IOException;
import java.util.Random;

/** Where an agent keeps its bundle. A write may fail with nothing written, or with all of it written. */
final class Disk implements Memory {
    private final Random random;
    private StoredBundle stored = StoredBundle.NOTHING;
    private boolean faulty;

    Disk(Random random) {
        this.random = random;
    }

    void faulty(boolean now) {
        faulty = now;
    }

    StoredBundle stored() {
        return stored;
    }

    @Override
    public StoredBundle load() throws IOException {
        if (faulty && random.nextInt(20) == 0) throw new IOException("the disk does not answer");
        return stored;
    }

    @Override
    public void save(StoredBundle bundle) throws IOException {
        int luck = faulty ? random.nextInt(24) : 99;
        if (luck == 0) throw new IOException("nothing was written");
        stored = bundle;
        if (luck == 1) throw new IOException("nobody knows whether it was written");
    }
}
