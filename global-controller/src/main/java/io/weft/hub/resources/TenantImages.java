package io.weft.hub.resources;

import io.weft.hub.platform.log.Outcome;
import io.weft.hub.platform.log.Proposal;
import io.weft.policy.image.TenantImage;
import io.weft.policy.model.TenantId;
import java.util.function.Function;

/** The pictures of tenants that this replica follows. Provided by the world. */
public interface TenantImages {
    /** The newest picture this replica has. */
    TenantImage image(TenantId tenant);

    /**
     * Decides on the newest picture and appends. When the revision moved meanwhile, catches up and decides again: the
     * function may be called several times, and what it throws ends the attempt. The answer is never
     * {@link Outcome.Stale}; after {@link Outcome.Committed} {@link #image} has what was appended.
     */
    Outcome propose(TenantId tenant, Function<TenantImage, Proposal> decide);
}
