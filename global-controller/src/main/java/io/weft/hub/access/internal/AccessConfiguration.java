package io.weft.hub.access.internal;

import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.model.TenantId;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    @Bean
    Authenticator authenticator(
            HubSettings settings, DataSource dataSource, TenantTransaction transaction, InstantSource clock) {
        return new Authenticator(new TokenStore(dataSource), transaction, people(settings, transaction), clock);
    }

    @Bean
    StoredAccess access(
            TenantTransaction transaction,
            @Qualifier("jobs") DataSource jobs,
            LogStore logs,
            AttachmentWriter audit,
            Authenticator authenticator,
            InstantSource clock) {
        return new StoredAccess(transaction, jobs, logs, audit, authenticator, clock);
    }

    @Bean
    Bootstrap bootstrap(HubSettings settings, StoredAccess access) {
        return new Bootstrap(settings, access);
    }

    /** The issuer is asked for its keys when the first token comes, not at start: the hub starts without it. */
    private static @Nullable PersonTokens people(HubSettings settings, TenantTransaction transaction) {
        String issuer = settings.oidcIssuer();
        if (issuer == null) return null;
        return new PersonTokens(
                new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation(issuer)),
                settings.oidcAudience(),
                existing(transaction));
    }

    private static Predicate<TenantId> existing(TenantTransaction transaction) {
        Set<TenantId> known = ConcurrentHashMap.newKeySet();
        return tenant -> known.contains(tenant)
                || transaction.in(
                                tenant,
                                connection -> Sql.on(connection)
                                        .sql("select exists (select from access.tenant where tenant_id = ?)")
                                        .param(tenant.value())
                                        .query(Boolean.class)
                                        .single())
                        && known.add(tenant);
    }
}
