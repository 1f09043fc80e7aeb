package io.weft.hub.access.internal;

import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.Sql;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.LogStore;
import io.weft.policy.model.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    /** By how much the clocks of the issuer and of the hub may. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

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
                new SupplierJwtDecoder(() -> signatures(issuer)),
                JwtValidators.createDefaultWithValidators(
                        new JwtIssuerValidator(issuer), new JwtTimestampValidator(CLOCKS_DIFFER)),
                settings.oidcAudience(),
                existing(transaction));
    }

    private static JwtDecoder signatures(String issuer) {
        NimbusJwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer);
        decoder.setJwtValidator(any -> OAuth2TokenValidatorResult.success());
        return decoder;
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
