package io.weft.it.simulation;

import io.weft.hub.platform.log.LogStore;
import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.image.TenantImage;
import java.util.HashMap;
import java.util.Map;

/** Compares the images of all replicas by position, and with the image that is read from the tables. */
final class Histories {
    private final Map<Long, TenantImage> images = new HashMap<>();

    /** A replica's image, at whatever position it stands. */
    void saw(String replica, TenantImage image) {
        TenantImage first = images.putIfAbsent(image.position(), image);
        if (first != null && !first.equals(image)) {
            throw new BrokenInvariant(Invariant.REPLICAS_EQUAL, replica + " differs at position " + image.position());
        }
    }

    /** The image from the tables, against the images that were replayed. */
    void sawTables(LogStore store, TenantImage replayed) {
        TenantImage loaded = store.load(replayed.tenant());
        if (loaded.position() == replayed.position() && !loaded.equals(replayed)) {
            throw new BrokenInvariant(
                    Invariant.REPLICAS_EQUAL, "the tables differ from the replay at " + replayed.position());
        }
    }
}
