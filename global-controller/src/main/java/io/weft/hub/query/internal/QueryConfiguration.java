package io.weft.hub.query.internal;

import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.resources.RevisionLog;
import io.weft.hub.world.Replicas;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {
    @Bean
    ClusterStatus clusterStatus(DeliveryStatus delivery, RevisionLog revisions) {
        return new ClusterStatus(delivery, revisions);
    }

    @Bean
    LiveStream liveStream(LogStore logs, Replicas replicas, ProgressBook progress) {
        return new LiveStream(logs, replicas, progress);
    }
}
