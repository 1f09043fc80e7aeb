package io.weft.hub.platform;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.model.TenantId;

/** Takes note of what was refused to whom; never blocks and never fails the request. Provided by the audit module. */
@FunctionalInterface
public interface RefusedAttempts {
    /** @param tenant whose people should see it: the one that the credential belongs to */
    void note(TenantId tenant, AuditEvent event);
}
