package io.weft.protocol;

import io.weft.protocol.v1.PutObject;
import io.weft.protocol.v1.RemoveObject;
import java.util.List;

/**
 * What makes one bundle of another.
 *
 * @param puts in the order of application
 * @param removals in the order of application
 */
public record Difference(List<PutObject> puts, List<RemoveObject> removals) {
    public Difference {
        puts = List.copyOf(puts);
        removals = List.copyOf(removals);
    }
}
