package io.weft.hub.access;

import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.policy.model.TenantId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is calling, as the credential alone says.
 *
 * @param subject {@code token:<id>} or {@code user:<name>}; what audit and {@code createdBy} show
 * @param platformAdministrator may make tenants and list them; sees nothing inside them by that
 * @param tenants what the credential may see; there are no others for this caller
 * @param source address that the request came from
 * @param request identifies the request in audit and logs
 */
public record Caller(
        String subject,
        CallerKind kind,
        boolean platformAdministrator,
        SortedMap<TenantId, Set<Role>> tenants,
        String source,
        String request) {
    /** What kind of credential was shown. */
    public enum CallerKind {
        TOKEN,
        USER
    }

    public Caller {
        TreeMap<TenantId, Set<Role>> copy = new TreeMap<>();
        tenants.forEach((tenant, roles) -> copy.put(tenant, Set.copyOf(roles)));
        tenants = Collections.unmodifiableSortedMap(copy);
    }

    public Caller from(String source, String request) {
        return new Caller(subject, kind, platformAdministrator, tenants, source, request);
    }

    /** This caller in that tenant; empty when the credential may not see it, whether it exists or not. */
    public Optional<TenantCaller> in(TenantId tenant) {
        return Optional.ofNullable(tenants.get(tenant)).map(roles -> new TenantCaller(this, tenant, roles));
    }

    /** @param detail a JSON object, without secrets */
    public AuditEvent event(String action, String target, String detail) {
        return new AuditEvent(subject, action, target, source, request, detail);
    }
}
