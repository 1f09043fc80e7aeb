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

/** Asks the API server, never a watch that may lag: an older generation would count as live too early. */
final class AppliedObjects {
    private final ClusterObjects cluster;

    AppliedObjects(ClusterObjects cluster) {
        this.cluster = cluster;
    }

    /** The bundle's objects as they are now. Blocks. */
    Map<ObjectName, Expected> of(StoredBundle bundle) throws UnreadableException {
        Set<ObjectKey> wanted = bundle.objects().keySet();
        Set<ObjectType> types = new HashSet<>();
        wanted.forEach(key -> types.add(ObjectType.of(key)));
        Map<ObjectName, Expected> expected = new HashMap<>();
        try {
            for (ObjectType type : types) {
                for (ObservedObject object : cluster.managed(type)) {
                    if (!wanted.contains(object.key())) continue;
                    expected.put(ObjectName.of(object.key()), new Expected(object.uid(), object.generation()));
                }
            }
        } catch (ObjectFailure e) {
            throw new UnreadableException("applied objects: " + e.getMessage() + " (expected: a list of them)", e);
        }
        if (expected.size() < wanted.size()) {
            throw new UnreadableException("applied objects: " + expected.size() + " (expected: " + wanted.size() + ")");
        }
        return expected;
    }
}
