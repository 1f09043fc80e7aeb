package io.weft.it.simulation;

import io.weft.it.simulation.BrokenInvariant.Invariant;
import io.weft.policy.image.TenantImage;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Compares the images of all replicas by position; the image that is read from the tables is one of them. */
final class Histories {
    private final NavigableMap<Long, TenantImage> images = new TreeMap<>();

    /** A replica's image, at whatever position it stands. */
    void saw(String replica, TenantImage image) {
        TenantImage first = images.putIfAbsent(image.position(), image);
        if (first != null && !first.equals(image)) {
            throw new BrokenInvariant(Invariant.REPLICAS_EQUAL, replica + " differs at position " + image.position());
        }
    }

    /** The newest image that any replica had. */
    TenantImage newest() {
        return images.lastEntry().getValue();
    }
}
