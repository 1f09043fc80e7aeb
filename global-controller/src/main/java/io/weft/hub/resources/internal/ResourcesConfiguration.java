package io.weft.hub.resources.internal;

import io.weft.hub.clusters.DeclaredClusters;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.resources.TenantImages;
import io.weft.policy.model.ResourceKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResourcesConfiguration {
    @Bean
    TenantImages tenantImages(LogStore logs) {
        return new LogImages(logs);
    }

    @Bean
    DeclaredClusters declaredClusters(TenantImages images) {
        return (tenant, cluster) -> images.image(tenant)
                .resource(ResourceKey.cluster(cluster.value()))
                .isPresent();
    }
}
