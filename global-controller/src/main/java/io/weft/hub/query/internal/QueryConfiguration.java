package io.weft.hub.query.internal;

import io.weft.hub.clusters.ClusterJoining;
import io.weft.hub.delivery.AgentSessions;
import io.weft.hub.delivery.DeliveryStatus;
import io.weft.hub.delivery.ProgressBook;
import io.weft.hub.inventory.InventoryMoves;
import io.weft.hub.inventory.InventorySummary;
import io.weft.hub.platform.log.LogStore;
import io.weft.hub.resources.RevisionLog;
import io.weft.hub.world.Replicas;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {
    @Bean
    ServiceCatalogue serviceCatalogue() {
        return new ServiceCatalogue();
    }

    @Bean
    ClusterViews clusterViews(AgentSessions sessions, ClusterJoining joining, InventorySummary inventory) {
        return new ClusterViews(sessions, joining, inventory);
    }

    @Bean
    ClusterStatus clusterStatus(
            DeliveryStatus delivery, RevisionLog revisions, ClusterViews views, ServiceCatalogue services) {
        return new ClusterStatus(delivery, revisions, views, services);
    }

    @Bean
    LiveStream liveStream(LogStore logs, Replicas replicas, ProgressBook progress, InventoryMoves moves) {
        return new LiveStream(logs, replicas, progress, moves);
    }
}
