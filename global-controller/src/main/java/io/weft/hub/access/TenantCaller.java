package io.weft.hub.access;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.TenantId;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * A caller who may see this tenant. Faces of modules take it instead of a tenant's id, and require a permission of it
 * before anything else.
 */
public record TenantCaller(Caller caller, TenantId tenant, Set<Role> roles) {
    public TenantCaller {
        roles = Set.copyOf(roles);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.allows(permission));
    }

    /** Throws a 403 when no role of the caller allows it. */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "The roles of this credential do not allow it (expected: a role with "
                            + permission.name().toLowerCase(java.util.Locale.ROOT) + ").");
        }
    }

    public String subject() {
        return caller.subject();
    }

    public AuditEvent event(String action, String target, String detail) {
        return caller.event(action, target, detail);
    }
}
