package io.weft.hub.delivery;

import io.weft.hub.clusters.SessionAuthenticator.RefusedIdentityException;
import io.weft.hub.clusters.SessionIdentity;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import io.weft.protocol.v1.GoodbyeCode;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Takes note of streams that were refused, or ended, for who is at the other end. */
final class RefusedSessions {
    private static final String ACTION = "open Session";
    private static final int LONGEST_REASON = 300;

    private final RefusedAttempts refused;

    RefusedSessions(RefusedAttempts refused) {
        this.refused = refused;
    }

    void notOpened(RefusedIdentityException why, String source) {
        String reason = String.valueOf(why.getMessage());
        why.named()
                .ifPresentOrElse(
                        named -> note(named.tenant(), named.cluster(), source, reason),
                        () -> refused.noteStranger(ACTION, source, reason));
    }

    /** Other ends are no refusals: the agent dials again, and is served. */
    void ended(SessionIdentity identity, String source, GoodbyeCode code, String reason) {
        if (code == GoodbyeCode.GOODBYE_CODE_IDENTITY) note(identity.tenant(), identity.cluster(), source, reason);
    }

    /** The reason may quote what the agent said. */
    private void note(TenantId tenant, ClusterName cluster, String source, String reason) {
        String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
        String detail = JsonMapper.shared().writeValueAsString(Map.of("reason", cut));
        refused.note(tenant, new AuditEvent("agent:" + cluster, ACTION, "clusters/" + cluster, source, "", detail));
    }
}
