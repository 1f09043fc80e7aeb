package io.weft.hub.resources.internal;

import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.resources.Documents;
import io.weft.hub.resources.ResourceStatus;
import io.weft.hub.world.Replicas;
import io.weft.policy.model.ResourceKey;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResourcesConfiguration {
    @Bean
    Documents documents(ResourceStatus status) {
        return new ResourceDocuments(status);
    }

    @Bean
    ResourceWrites resourceWrites(Replicas replicas, LogStore logs, InstantSource clock) {
        return new ResourceWrites(replicas, logs, clock);
    }

    @Bean
    HistoryStore resourceHistory(TenantTransaction transaction) {
        return new HistoryStore(transaction);
    }

    @Bean
    DeclaredClusters declaredClusters(Replicas replicas) {
        return (tenant, cluster) -> replicas.of(tenant)
                .image()
                .resource(ResourceKey.cluster(cluster.value()))
                .isPresent();
    }
}
