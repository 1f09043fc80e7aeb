package io.weft.agent;

import io.weft.agent.apply.DesiredObject;
import io.weft.policy.bundle.ObjectKey;
import io.weft.protocol.Digest;
import java.util.SortedMap;

/** Computes the version of a bundle from its objects, as the hub does. */
@FunctionalInterface
public interface BundleVersions {
    Digest of(SortedMap<ObjectKey, DesiredObject> objects);
}
