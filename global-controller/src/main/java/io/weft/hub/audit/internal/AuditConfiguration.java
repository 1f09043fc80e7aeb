package io.weft.hub.audit.internal;

import io.weft.hub.audit.AuditTrail;
import io.weft.hub.platform.TenantTransaction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
    @Bean
    ChainStore auditChain() {
        return new ChainStore();
    }

    @Bean(destroyMethod = "close")
    RefusedChain refusedAttempts(TenantTransaction transaction) {
        return new RefusedChain(transaction);
    }

    @Bean
    AuditTrail auditTrail(TenantTransaction transaction) {
        return new StoredAuditTrail(transaction);
    }
}
