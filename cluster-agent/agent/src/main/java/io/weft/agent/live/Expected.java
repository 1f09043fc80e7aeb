package io.weft.agent.live;

import java.util.Map;
import java.util.Set;

/**
 * What istiod should have of ours.
 *
 * @param objects by name
 * @param leftOut those that could not be applied or removed: may be there or not, in whatever form
 */
record Expected(Map<ObjectName, Version> objects, Set<ObjectName> leftOut) {
    /** An object as the API server has it: newer ones have the same UID and a higher generation. */
    record Version(String uid, long generation) {}

    Expected {
        objects = Map.copyOf(objects);
        leftOut = Set.copyOf(leftOut);
    }
}
