package io.weft.hub.world;

import io.weft.hub.platform.log.Proposal;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on an image: entries to append, or none, and what is answered if they are committed.
 *
 * @param proposal based on the image's position; null when nothing is to be appended
 */
public record Decision<T>(@Nullable Proposal proposal, T answer) {
    public static <T> Decision<T> nothing(T answer) {
        return new Decision<>(null, answer);
    }
}
