package io.weft.hub.clusters.internal;

import io.weft.hub.access.Permission;
import io.weft.hub.access.TenantCaller;
import io.weft.hub.clusters.ClusterEnrolment;
import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.ClusterJoining.Cause;
import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.clusters.SessionAuthenticator;
import io.weft.hub.clusters.SessionIdentity;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.web.ProblemException;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people do about clusters' certificates, and who may open a session. */
final class StoredEnrolment implements ClusterEnrolment, SessionAuthenticator {
    private final TenantTransaction transaction;
    private final AttachmentWriter audit;
    private final AgentTrust trust;
    private final DeclaredClusters declared;
    private final ClusterJoining joining;
    private final ManifestTemplate template;
    private final RevocationWatch watch;
    private final InstantSource clock;

    StoredEnrolment(
            TenantTransaction transaction,
            AttachmentWriter audit,
            AgentTrust trust,
            DeclaredClusters declared,
            ClusterJoining joining,
            ManifestTemplate template,
            RevocationWatch watch,
            InstantSource clock) {
        this.transaction = transaction;
        this.audit = audit;
        this.trust = trust;
        this.declared = declared;
        this.joining = joining;
        this.template = template;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public JoinToken joinToken(TenantCaller caller, ClusterName cluster, Duration validity) {
        caller.require(Permission.OPERATE);
        requireDeclared(caller.tenant(), cluster);
        JoinText token = JoinText.random(caller.tenant(), cluster);
        Instant expiresAt = transaction.in(caller.tenant(), connection -> {
            EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), caller.tenant());
            Instant until = sql.now().plus(validity);
            sql.addToken(token, until, caller.subject());
            audit.write(
                    connection,
                    caller.tenant(),
                    caller.event("create JoinToken", "clusters/" + cluster, "{\"expiresAt\":\"" + until + "\"}"),
                    List.of());
            return until;
        });
        return new JoinToken(cluster, token.credential(), expiresAt);
    }

    @Override
    public String manifest(TenantCaller caller, ClusterName cluster, String joinToken) {
        caller.require(Permission.OPERATE);
        requireDeclared(caller.tenant(), cluster);
        return template.render(caller.tenant(), cluster, joinToken);
    }

    @Override
    public Instant revoke(TenantCaller caller, ClusterName cluster, String reason) {
        caller.require(Permission.OPERATE);
        Instant at = transaction.in(caller.tenant(), connection -> {
            EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), caller.tenant());
            if (sql.uid(cluster).isEmpty() && !declared.contains(caller.tenant(), cluster)) {
                throw ProblemException.notFound();
            }
            Instant revokedAt = sql.revoke(cluster, reason);
            audit.write(
                    connection,
                    caller.tenant(),
                    caller.event("revoke Cluster", "clusters/" + cluster, JsonText.object("reason", reason)),
                    List.of());
            return revokedAt;
        });
        watch.lookSoon();
        return at;
    }

    private void requireDeclared(TenantId tenant, ClusterName cluster) {
        if (!declared.contains(tenant, cluster)) throw ProblemException.notFound();
    }

    @Override
    public SessionIdentity authenticate(List<X509Certificate> chain) throws RefusedIdentityException {
        try {
            AgentCertificate agent = trust.verify(chain);
            if (!clock.instant().isBefore(agent.expiresAt())) {
                throw refused(
                        agent,
                        Cause.CERTIFICATE,
                        "certificate: expired at " + agent.expiresAt()
                                + " (expected: renew it, which is all that it is still good for)");
            }
            return new SessionIdentity(
                    agent.tenant(), agent.cluster(), currentUid(agent), agent.issuedAt(), agent.expiresAt());
        } catch (CertificateException e) {
            throw new RefusedIdentityException(String.valueOf(e.getMessage()));
        }
    }

    /** The UID that the name is bound to; refuses a revoked certificate. */
    String currentUid(AgentCertificate agent) throws RefusedIdentityException {
        record State(Optional<String> uid, Optional<Instant> revokedAt) {}
        State state = transaction.in(agent.tenant(), connection -> {
            EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), agent.tenant());
            return new State(sql.uid(agent.cluster()), sql.revokedAt(agent.cluster()));
        });
        if (state.revokedAt().isPresent()
                && !agent.issuedAt().isAfter(state.revokedAt().get())) {
            throw refused(
                    agent,
                    Cause.REVOKED,
                    "certificate: revoked at " + state.revokedAt().get()
                            + " (expected: join again with a new join token)");
        }
        return state.uid()
                .orElseThrow(() -> refused(agent, Cause.REVOKED, "cluster: " + agent.cluster() + " is not joined"));
    }

    private RefusedIdentityException refused(AgentCertificate agent, Cause cause, String reason) {
        joining.turnedAway(agent.tenant(), agent.cluster(), cause, reason, "");
        return new RefusedIdentityException(new Named(agent.tenant(), agent.cluster()), reason);
    }

    @Override
    public AutoCloseable listen(Revocations listener) {
        return watch.listen(listener);
    }
}
