package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of the cluster before a plan is made.
 *
 * @param objects those looked at, whoever they belong to
 * @param claims on hosts, of all objects that can be seen
 * @param settled what remained different after our own write, by key: the API server's doing, not drift
 */
public record Observation(Map<ObjectKey, ObservedObject> objects, List<Claim> claims, Map<ObjectKey, Settled> settled) {
    public Observation {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
        claims = List.copyOf(claims);
        settled = Map.copyOf(settled);
    }

    /** The object as the API server left it when this was written. */
    public record Settled(Digest desired, String uid, long generation) {}

    boolean settled(DesiredObject desired, ObservedObject there) {
        return new Settled(desired.hash(), there.uid(), there.generation()).equals(settled.get(desired.key()));
    }
}
