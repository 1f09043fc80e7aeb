package io.weft.agent.apply;

import io.weft.policy.bundle.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What watches know of the objects that a bundle may hold. */
public interface Sightings {
    List<Claim> claims();

    Optional<ObservedObject> seen(ObjectKey key);
}
