package io.weft.agent.live;

import io.weft.agent.apply.ClusterObjects;
import io.weft.agent.apply.ObjectFailure;
import io.weft.agent.apply.ObjectType;
import io.weft.agent.apply.ObservedObject;
import io.weft.agent.live.Mesh.UnreadableException;
import io.weft.agent.memory.StoredBundle;
import io.weft.policy.bundle.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the API server, never a watch that may lag: an older generation would count as live too early. */
final class AppliedObjects {
    private final ClusterObjects cluster;

    AppliedObjects(ClusterObjects cluster) {
        this.cluster = cluster;
    }

    /**
     * The bundle's objects as they are now. Blocks.
     *
     * @param refused objects of it, or removals, that failed
     */
    Expected of(StoredBundle bundle, Set<ObjectKey> refused) throws UnreadableException {
        Set<ObjectKey> wanted = new HashSet<>(bundle.objects().keySet());
        wanted.removeAll(refused);
        Set<ObjectType> types = new HashSet<>();
        wanted.forEach(key -> types.add(ObjectType.of(key)));
        Map<ObjectName, Expected.Version> found = new HashMap<>();
        try {
            for (ObjectType type : types) {
                for (ObservedObject object : cluster.managed(type)) {
                    if (!wanted.contains(object.key())) continue;
                    found.put(ObjectName.of(object.key()), new Expected.Version(object.uid(), object.generation()));
                }
            }
        } catch (ObjectFailure e) {
            throw new UnreadableException("applied objects: " + e.getMessage() + " (expected: a list of them)", e);
        }
        if (found.size() < wanted.size()) {
            throw new UnreadableException("applied objects: " + found.size() + " (expected: " + wanted.size() + ")");
        }
        return new Expected(found, refused.stream().map(ObjectName::of).collect(Collectors.toSet()));
    }
}
