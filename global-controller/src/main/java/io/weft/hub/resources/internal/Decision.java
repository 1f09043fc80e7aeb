package io.weft.hub.resources.internal;

import io.weft.policy.image.LogEntry;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.Resource;
import io.weft.policy.model.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change would append, and what it would leave.
 *
 * @param entries none when nothing would change
 * @param after the image with those entries
 * @param results in the order of the wishes
 */
public record Decision(TenantImage before, List<LogEntry> entries, TenantImage after, List<Result> results) {
    public enum Effect {
        CREATED,
        CONFIGURED,
        UNCHANGED,
        DELETED
    }

    /** @param resource null when it was deleted */
    public record Result(
            ResourceKey key, Effect effect, @Nullable Resource resource) {}

    public Decision {
        entries = List.copyOf(entries);
        results = List.copyOf(results);
    }
}
