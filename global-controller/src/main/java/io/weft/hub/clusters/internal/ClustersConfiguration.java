package io.weft.hub.clusters.internal;

import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.weft.hub.clusters.AgentTls;
import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.RefusedAttempts;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.LogStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClustersConfiguration {
    /** The hub's own authority, read once. */
    record HubAuthority(Authority authority) implements Supplier<Authority> {
        @Override
        public Authority get() {
            return authority;
        }
    }

    @Bean
    AuthorityStore authorities(
            HubSettings settings, TenantTransaction transaction, DataSource dataSource, InstantSource clock) {
        return new AuthorityStore(transaction, dataSource, Envelope.of(settings.masterKeyFile()), clock);
    }

    @Bean
    HubAuthority hubAuthority(AuthorityStore authorities) {
        return new HubAuthority(authorities.ofHub());
    }

    @Bean
    AgentTrust agentTrust(AuthorityStore authorities, LogStore logs, InstantSource clock, RefusedAttempts refused) {
        return new AgentTrust(authorities, logs::hubId, clock, refused);
    }

    @Bean
    AgentTls agentTls(HubSettings settings, AgentTrust trust, HubAuthority authority, InstantSource clock) {
        List<String> hosts = List.of(settings.publicGrpcHost(), "localhost", "127.0.0.1", "weft-hub");
        return new AgentTls(new HubKey(authority, hosts, clock), trust);
    }

    @Bean(destroyMethod = "close")
    RevocationWatch revocationWatch(@Qualifier("jobs") DataSource jobs) {
        return new RevocationWatch(jobs);
    }

    @Bean
    ClusterRemovals clusterRemovals(RevocationWatch watch) {
        return new ClusterRemovals(watch);
    }

    @Bean
    ClusterJoining clusterJoining(TenantTransaction transaction, DeclaredClusters declared) {
        return new StoredJoining(transaction, declared);
    }

    @Bean
    StoredEnrolment clusterEnrolment(
            HubSettings settings,
            TenantTransaction transaction,
            AttachmentWriter audit,
            AgentTrust trust,
            DeclaredClusters declared,
            ClusterJoining joining,
            HubAuthority hubAuthority,
            RevocationWatch watch,
            InstantSource clock) {
        ManifestTemplate template =
                new ManifestTemplate(settings.publicGrpcAddress(), settings.agentImage(), hubAuthority);
        return new StoredEnrolment(transaction, audit, trust, declared, joining, template, watch, clock);
    }

    /** Served beside the agents' sessions, on the same port. */
    @Bean
    ServerServiceDefinition enrolmentService(
            HubSettings settings,
            TenantTransaction transaction,
            AttachmentWriter audit,
            RefusedAttempts refused,
            AuthorityStore authorities,
            AgentTrust trust,
            StoredEnrolment sessions,
            ClusterJoining joining,
            DeclaredClusters declared,
            HubAuthority hubAuthority,
            LogStore logs) {
        CertificateIssue issue = new CertificateIssue(
                transaction,
                audit,
                refused,
                authorities,
                trust,
                sessions,
                joining,
                declared,
                logs::hubId,
                settings.agentCertificateLifetime());
        return ServerInterceptors.intercept(
                new EnrolmentService(issue, hubAuthority, logs::hubId), new EnrolmentService.PeerInterceptor());
    }
}
