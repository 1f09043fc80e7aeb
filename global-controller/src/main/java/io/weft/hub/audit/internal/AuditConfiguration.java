package io.weft.hub.audit.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.weft.hub.audit.AuditTrail;
import io.weft.hub.platform.TenantTransaction;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
    @Bean
    ChainStore auditChain() {
        return new ChainStore();
    }

    @Bean(destroyMethod = "close")
    RefusedChain refusedAttempts(TenantTransaction transaction, MeterRegistry meters, InstantSource clock) {
        return new RefusedChain(transaction, new Strangers(meters, clock));
    }

    @Bean
    AuditTrail auditTrail(TenantTransaction transaction) {
        return new StoredAuditTrail(transaction);
    }
}
