package io.weft.hub.resources.internal;

import io.weft.policy.model.Resource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold of the present version: {@code If-Match} and {@code If-None-Match}. */
public sealed interface Precondition {
    Precondition NONE = new Any();

    boolean holds(Optional<Resource> present);

    record Any() implements Precondition {
        @Override
        public boolean holds(Optional<Resource> present) {
            return true;
        }
    }

    /** {@code If-None-Match: *} */
    record Absent() implements Precondition {
        @Override
        public boolean holds(Optional<Resource> present) {
            return present.isEmpty();
        }
    }

    /** {@code If-Match}: a list of tags, or {@code *} for any version. */
    record Matching(String tags) implements Precondition {
        @Override
        public boolean holds(Optional<Resource> present) {
            if (present.isEmpty()) return false;
            String tag = etag(present.get());
            return tags.strip().equals("*")
                    || Arrays.stream(tags.split(",")).map(String::strip).anyMatch(tag::equals);
        }
    }

    static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null) return new Matching(ifMatch);
        return ifNoneMatch != null && ifNoneMatch.strip().equals("*") ? new Absent() : NONE;
    }

    static String etag(Resource resource) {
        return "\"" + resource.metadata().generation() + "\"";
    }
}
