package io.weft.hub.clusters.internal;

import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.ClusterJoining.Cause;
import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.clusters.SessionAuthenticator.RefusedIdentityException;
import io.weft.hub.clusters.internal.EnrolmentSql.Use;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.Attachment.AuditEvent;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.UnknownTenantException;
import io.weft.policy.model.ClusterName;
import io.weft.policy.model.TenantId;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Issues client certificates: for a join token, or for the certificate before. Every refusal is audited. */
final class CertificateIssue {
    private static final int LONGEST_UID = 100;
    private static final String NOT_VALID = "join token: not valid (expected: the manifest's)";

    /** @param certificate of the agent */
    record Issued(TenantId tenant, ClusterName cluster, X509Certificate certificate) {}

    private final TenantTransaction transaction;
    private final AttachmentWriter audit;
    private final RefusedAttempts refused;
    private final AuthorityStore authorities;
    private final AgentTrust trust;
    private final StoredEnrolment sessions;
    private final ClusterJoining joining;
    private final DeclaredClusters declared;
    private final Supplier<String> hubId;
    private final Duration lifetime;

    CertificateIssue(
            TenantTransaction transaction,
            AttachmentWriter audit,
            RefusedAttempts refused,
            AuthorityStore authorities,
            AgentTrust trust,
            StoredEnrolment sessions,
            ClusterJoining joining,
            DeclaredClusters declared,
            Supplier<String> hubId,
            Duration lifetime) {
        this.transaction = transaction;
        this.audit = audit;
        this.refused = refused;
        this.authorities = authorities;
        this.trust = trust;
        this.sessions = sessions;
        this.joining = joining;
        this.declared = declared;
        this.hubId = hubId;
        this.lifetime = lifetime;
    }

    Issued enrol(String joinToken, String clusterUid, byte[] csr, String source) throws EnrolmentRefusedException {
        JoinText token = JoinText.parse(joinToken).orElseThrow(() -> {
            refused.noteStranger("enrol Cluster", source, NOT_VALID);
            return new EnrolmentRefusedException(Cause.TOKEN_WRONG, NOT_VALID);
        });
        try {
            if (clusterUid.isBlank() || clusterUid.length() > LONGEST_UID) {
                throw new EnrolmentRefusedException(
                        Cause.OTHER_CLUSTER, "cluster_uid: empty or too long (expected: kube-system's UID)");
            }
            PublicKey key = SigningRequest.key(csr);
            if (!declared.contains(token.tenant(), token.cluster())) {
                throw new EnrolmentRefusedException(Cause.TOKEN_WRONG, NOT_VALID);
            }
            return enrol(token, clusterUid, key, source);
        } catch (EnrolmentRefusedException e) {
            note(token.tenant(), token.cluster(), "enrol Cluster", source, e);
            throw e;
        } catch (UnknownTenantException e) {
            // As for any token that is not the hub's.
            refused.noteStranger("enrol Cluster", source, NOT_VALID);
            throw new EnrolmentRefusedException(Cause.TOKEN_WRONG, NOT_VALID, e);
        } catch (RefusedInTransaction e) {
            EnrolmentRefusedException refusal =
                    new EnrolmentRefusedException(e.why(), String.valueOf(e.getMessage()), e);
            note(token.tenant(), token.cluster(), "enrol Cluster", source, refusal);
            throw refusal;
        }
    }

    private Issued enrol(JoinText token, String clusterUid, PublicKey key, String source) {
        Authority authority = authorities.of(token.tenant());
        return transaction.in(token.tenant(), connection -> {
            EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), token.tenant());
            Use use = sql.use(token, Sha256.of(key.getEncoded()));
            switch (use) {
                case USED -> {} // goes on
                case UNKNOWN -> throw new RefusedInTransaction(Cause.TOKEN_WRONG, NOT_VALID);
                case EXPIRED ->
                    throw new RefusedInTransaction(
                            Cause.TOKEN_EXPIRED, "join token: expired (expected: a new manifest)");
                case USED_BEFORE ->
                    throw new RefusedInTransaction(
                            Cause.TOKEN_USED, "join token: used before (expected: a new manifest)");
            }
            sql.bind(token.cluster(), clusterUid).ifPresent(reason -> {
                throw new RefusedInTransaction(Cause.OTHER_CLUSTER, reason);
            });
            audit.write(
                    connection,
                    token.tenant(),
                    event(token.cluster(), "enrol Cluster", source, JsonText.object("clusterUid", clusterUid)),
                    List.of());
            return issue(authority, sql, token.tenant(), token.cluster(), key);
        });
    }

    /** @param chain as the handshake had it; an expired certificate will do */
    Issued renew(List<X509Certificate> chain, byte[] csr, String source) throws EnrolmentRefusedException {
        AgentCertificate agent;
        try {
            agent = trust.verify(chain);
        } catch (CertificateException e) {
            String why = String.valueOf(e.getMessage());
            refused.noteStranger("renew Certificate", source, why);
            throw new EnrolmentRefusedException(Cause.CERTIFICATE, why, e);
        }
        try {
            sessions.currentUid(agent);
            if (!declared.contains(agent.tenant(), agent.cluster())) {
                throw new EnrolmentRefusedException(Cause.REVOKED, "cluster: " + agent.cluster() + " is not joined");
            }
            return renew(agent, SigningRequest.key(csr), source);
        } catch (RefusedIdentityException e) {
            EnrolmentRefusedException refusal =
                    new EnrolmentRefusedException(Cause.REVOKED, String.valueOf(e.getMessage()), e);
            note(agent.tenant(), agent.cluster(), "renew Certificate", source, refusal);
            throw refusal;
        } catch (EnrolmentRefusedException e) {
            note(agent.tenant(), agent.cluster(), "renew Certificate", source, e);
            throw e;
        }
    }

    private Issued renew(AgentCertificate agent, PublicKey key, String source) {
        Authority authority = authorities.of(agent.tenant());
        return transaction.in(agent.tenant(), connection -> {
            EnrolmentSql sql = new EnrolmentSql(Sql.on(connection), agent.tenant());
            audit.write(
                    connection, agent.tenant(), event(agent.cluster(), "renew Certificate", source, "{}"), List.of());
            return issue(authority, sql, agent.tenant(), agent.cluster(), key);
        });
    }

    private Issued issue(Authority authority, EnrolmentSql sql, TenantId tenant, ClusterName cluster, PublicKey key) {
        Instant now = sql.now();
        sql.issued(cluster, now, now.plus(lifetime));
        GeneralName name = new GeneralName(
                GeneralName.uniformResourceIdentifier,
                AgentCertificate.name(hubId.get(), tenant, cluster).toString());
        X509Certificate certificate = authority.issue(
                key,
                cluster.value(),
                List.of(name),
                KeyPurposeId.id_kp_clientAuth,
                AgentCertificate.serial(now),
                now,
                lifetime);
        return new Issued(tenant, cluster, certificate);
    }

    private void note(
            TenantId tenant, ClusterName cluster, String action, String source, EnrolmentRefusedException why) {
        joining.turnedAway(tenant, cluster, why.why(), String.valueOf(why.getMessage()), source);
        refused.note(
                tenant, event(cluster, action, source, JsonText.object("reason", String.valueOf(why.getMessage()))));
    }

    private static AuditEvent event(ClusterName cluster, String action, String source, String detail) {
        return new AuditEvent("agent:" + cluster, action, "clusters/" + cluster, source, "", detail);
    }

    /** Rolls the transaction back: a refused attempt uses nothing up. */
    private static final class RefusedInTransaction extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Cause cause;

        RefusedInTransaction(Cause cause, String message) {
            super(message, null, false, false);
            this.cause = cause;
        }

        Cause why() {
            return cause;
        }
    }
}
