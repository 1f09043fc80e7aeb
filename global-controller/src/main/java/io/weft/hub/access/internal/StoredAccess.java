package io.weft.hub.access.internal;

import io.weft.hub.access.Access;
import io.weft.hub.access.ApiToken;
import io.weft.hub.access.Caller;
import io.weft.hub.access.Permission;
import io.weft.hub.access.Role;
import io.weft.hub.access.Tenant;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.Head;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.platform.log.UnknownTenantException;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants and tokens in PostgreSQL; every mutation leaves its audit record in the same transaction. */
final class StoredAccess implements Access {
    private final TenantTransaction transaction;
    private final JdbcClient jobs;
    private final LogStore logs;
    private final AttachmentWriter audit;
    private final Authenticator authenticator;
    private final InstantSource clock;

    StoredAccess(
            TenantTransaction transaction,
            DataSource jobs,
            LogStore logs,
            AttachmentWriter audit,
            Authenticator authenticator,
            InstantSource clock) {
        this.transaction = transaction;
        this.jobs = JdbcClient.create(jobs);
        this.logs = logs;
        this.audit = audit;
        this.authenticator = authenticator;
        this.clock = clock;
    }

    @Override
    public List<Tenant> tenants(Caller caller) {
        if (caller.platformAdministrator()) {
            return jobs.sql(
                            "select tenant_id, display_name, created_at from access.tenant order by tenant_id limit 10000")
                    .query((rows, index) -> new Tenant(
                            new TenantId(rows.getString(1)),
                            rows.getString(2),
                            rows.getTimestamp(3).toInstant()))
                    .list();
        }
        return caller.tenants().keySet().stream()
                .map(this::tenant)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Tenant> tenant(TenantId name) {
        return transaction.in(
                name,
                connection -> Sql.on(connection)
                        .sql("select display_name, created_at from access.tenant where tenant_id = ?")
                        .param(name.value())
                        .query((rows, index) -> new Tenant(
                                name, rows.getString(1), rows.getTimestamp(2).toInstant()))
                        .optional());
    }

    @Override
    public NewTenant createTenant(Caller caller, TenantId name, String displayName) {
        if (!caller.platformAdministrator()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "Tenants are made by platform administrators (expected: such a credential).");
        }
        // The log first: one without a tenant harms nobody, a tenant without one would not work.
        logs.create(name);
        TokenText text = TokenText.random();
        Tenant tenant = new Tenant(name, displayName, now());
        ApiToken token = token(text, "first administrator", Role.ADMIN, caller.subject(), null);
        transaction.in(name, connection -> {
            if (!insert(connection, tenant, caller.subject())) {
                throw new ProblemException(
                        HttpStatus.CONFLICT, "name: " + name + " (expected: a name that is not taken)");
            }
            TokenStore.insert(connection, name, text, token, false);
            write(connection, name, caller.event("create Tenant", name.value(), "{}"));
            return true;
        });
        return new NewTenant(tenant, token);
    }

    @Override
    public long releaseFreeze(Caller caller, TenantId tenant) {
        if (!caller.platformAdministrator()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "Frozen tenants are released by platform administrators (expected: such a credential).");
        }
        try {
            return logs.unfreeze(tenant, caller.event("release freeze", tenant.value(), "{}"))
                    .map(Head::incarnation)
                    .orElseThrow(() -> new ProblemException(
                            HttpStatus.CONFLICT, "This tenant is not frozen; nothing was released."));
        } catch (UnknownTenantException unknown) {
            throw ProblemException.notFound(unknown);
        }
    }

    @Override
    public List<ApiToken> tokens(TenantCaller caller) {
        caller.require(Permission.ADMINISTER);
        return transaction.in(caller.tenant(), connection -> TokenStore.list(connection, caller.tenant()));
    }

    @Override
    public ApiToken createToken(TenantCaller caller, String name, Role role, @Nullable Instant expiresAt) {
        caller.require(Permission.ADMINISTER);
        TokenText text = TokenText.random();
        ApiToken token = token(text, name, role, caller.subject(), expiresAt);
        transaction.in(caller.tenant(), connection -> {
            TokenStore.insert(connection, caller.tenant(), text, token, false);
            write(
                    connection,
                    caller.tenant(),
                    caller.event("create Token", "tokens/" + text.id(), "{\"role\":\"" + role.wireName() + "\"}"));
            return true;
        });
        return token;
    }

    @Override
    public void deleteToken(TenantCaller caller, String id) {
        caller.require(Permission.ADMINISTER);
        transaction.in(caller.tenant(), connection -> {
            if (!TokenStore.delete(connection, caller.tenant(), id)) throw ProblemException.notFound();
            write(connection, caller.tenant(), caller.event("delete Token", "tokens/" + id, "{}"));
            return true;
        });
        authenticator.forget(id);
    }

    /** Makes the tenant and the token unless they are there; called at every start. */
    void bootstrap(TenantId name, @Nullable TokenText text) {
        logs.create(name);
        transaction.in(name, connection -> {
            if (insert(connection, new Tenant(name, "", now()), "system")) {
                write(connection, name, system("create Tenant", name.value()));
            }
            if (text != null && !hasToken(connection, name, text)) {
                TokenStore.insert(connection, name, text, token(text, "bootstrap", Role.ADMIN, "system", null), true);
                write(connection, name, system("create Token", "tokens/" + text.id()));
            }
            return true;
        });
    }

    private static AuditEvent system(String action, String target) {
        return new AuditEvent("system", action, target, "", "", "{}");
    }

    private static boolean hasToken(Connection connection, TenantId tenant, TokenText text) {
        return Sql.on(connection)
                .sql("select exists (select from access.token where tenant_id = ? and token_id = ?)")
                .params(tenant.value(), text.id())
                .query(Boolean.class)
                .single();
    }

    private static boolean insert(Connection connection, Tenant tenant, String by) {
        return Sql.on(connection)
                        .sql("""
                                insert into access.tenant (tenant_id, display_name, created_at, created_by)
                                values (?, ?, ?, ?) on conflict do nothing""")
                        .params(tenant.name().value(), tenant.displayName(), Timestamp.from(tenant.createdAt()), by)
                        .update()
                == 1;
    }

    private void write(Connection connection, TenantId tenant, AuditEvent event) throws SQLException {
        audit.write(connection, tenant, event, List.of());
    }

    private ApiToken token(TokenText text, String name, Role role, String by, @Nullable Instant expiresAt) {
        return new ApiToken(text.id(), name, role.wireName(), now(), by, expiresAt, null, text.credential());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
