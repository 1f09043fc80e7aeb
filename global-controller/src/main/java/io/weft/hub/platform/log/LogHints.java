package io.weft.hub.platform.log;

import io.weft.policy.model.TenantId;

/** Hears that logs may have moved. Hints only: they come late, twice or never, so heads are polled too. */
public interface LogHints {
    /** The tenant's log may have grown. */
    void moved(TenantId tenant);

    /** Hints may have been missed, of any tenant: read every log now. */
    void missed();
}
