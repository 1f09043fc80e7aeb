package io.weft.hub.resources;

import io.weft.hub.access.TenantCaller;
import io.weft.policy.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which revisions there were. */
public interface RevisionLog {
    /** What a revision did to a resource; written in lower case. */
    enum Effect {
        CREATED,
        UPDATED,
        DELETED
    }

    /**
     * @param key of the resource
     * @param before null when it was created, and in lists
     * @param after null when it was deleted, and in lists
     */
    record Change(
            String key,
            Effect effect,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /**
     * @param position of the last entry that was committed with it
     * @param changes of the resources that it put or deleted; none when only membership changed
     */
    record Revision(long revision, long position, Instant at, String by, List<Change> changes) {
        public Revision {
            changes = List.copyOf(changes);
        }

        public List<String> resources() {
            return changes.stream().map(Change::key).toList();
        }
    }

    /**
     * Which revisions are asked for.
     *
     * @param resource only those that changed this one; empty: all
     * @param text only with this in the key of a resource, or in the name of whose it is, whatever the case; empty: all
     * @param since only those after this
     */
    record Filter(String resource, String text, Instant since) {}

    /** With the documents before and after. */
    Optional<Revision> revision(TenantCaller caller, long revision);

    /** Newest first, before a revision; without documents. */
    List<Revision> revisions(TenantCaller caller, Filter filter, long before, int limit);

    long count(TenantCaller caller, Filter filter);

    /** Where in the log a revision was released; empty for one that is not known. */
    OptionalLong position(TenantId tenant, long revision);
}
