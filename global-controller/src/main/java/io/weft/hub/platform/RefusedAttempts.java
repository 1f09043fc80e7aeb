package io.weft.hub.platform;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.model.TenantId;

/** Takes note of what was refused to whom; never blocks and never fails the request. Provided by the audit module. */
public interface RefusedAttempts {
    /** @param tenant whose people should see it: the one that the credential belongs to */
    void note(TenantId tenant, AuditEvent event);

    /**
     * What was refused to a credential that belongs to no tenant: nobody has a chain for it, so that it is counted, and
     * logged now and then.
     *
     * @param source address of the caller, or empty
     * @param reason without the credential or any part of it that is secret
     */
    void noteStranger(String action, String source, String reason);
}
