package io.weft.hub.resources;

import io.weft.hub.access.TenantCaller;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which revisions there were. */
public interface RevisionLog {
    /**
     * @param position of the last entry that was committed with it
     * @param resources the keys that it put or deleted; none when only membership changed
     */
    record Revision(long revision, long position, Instant at, String by, List<String> resources) {}

    Optional<Revision> revision(TenantCaller caller, long revision);

    /** Where in the log a revision was released; empty for one that is not known. */
    OptionalLong position(TenantId tenant, long revision);
}
