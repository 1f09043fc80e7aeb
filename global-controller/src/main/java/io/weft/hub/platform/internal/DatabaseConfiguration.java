package io.weft.hub.platform.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.weft.hub.platform.ChangeRecorder;
import io.weft.hub.platform.HubSettings;
import io.weft.hub.platform.HubSettings.Login;
import io.weft.hub.platform.JdbcTenantTransaction;
import io.weft.hub.platform.TenantTransaction;
import io.weft.hub.platform.log.AttachmentWriter;
import io.weft.hub.platform.log.PostgresLogStore;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The two pools, after the owner has brought the schemas up to date. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** Having run the migrations; whatever reads tables depends on it. */
    record Migrated(int migrations) {}

    @Bean
    Migrated migrated(HubSettings settings) {
        Flyway flyway = Flyway.configure()
                .dataSource(
                        settings.databaseUrl(),
                        settings.owner().user(),
                        settings.owner().password())
                .defaultSchema("migrations")
                .createSchemas(true)
                .locations("classpath:db/migration")
                .load();
        refuseNewer(flyway.info());
        return new Migrated(flyway.migrate().migrationsExecuted);
    }

    /** An older hub would write what the newer one does not expect. */
    private static void refuseNewer(MigrationInfoService migrations) {
        MigrationInfo current = migrations.current();
        if (current == null || !current.getState().name().startsWith("FUTURE")) return;
        throw new IllegalStateException("database: version " + current.getVersion()
                + ", of a newer Weft (expected: one that this Weft knows; use the newer Weft, or another database)");
    }

    @Bean(destroyMethod = "close")
    @Primary
    HikariDataSource dataSource(HubSettings settings, Migrated migrated) {
        return pool("app", settings, settings.app(), 12);
    }

    /** Looks over all tenants; for jobs and the list of tenants only. */
    @Bean(destroyMethod = "close", defaultCandidate = false)
    @Qualifier("jobs")
    HikariDataSource jobDataSource(HubSettings settings, Migrated migrated) {
        return pool("jobs", settings, settings.job(), 2);
    }

    @Bean
    TenantTransaction tenantTransaction(DataSource dataSource) {
        return new JdbcTenantTransaction(dataSource);
    }

    /** The audit record, and what other modules keep of a change, are written in the append's own transaction. */
    @Bean(destroyMethod = "close")
    PostgresLogStore logStore(
            HubSettings settings,
            DataSource dataSource,
            Migrated migrated,
            AttachmentWriter audit,
            ObjectProvider<ChangeRecorder> recorders) {
        return new PostgresLogStore(dataSource, direct(settings), (to, tenant, event, records) -> {
            audit.write(to, tenant, event, records);
            for (ChangeRecorder recorder : recorders) recorder.record(to, tenant, records);
        });
    }

    private static DataSource direct(HubSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.databaseUrl());
        source.setUser(settings.app().user());
        source.setPassword(settings.app().password());
        return source;
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    private static HikariDataSource pool(String name, HubSettings settings, Login login, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.databaseUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setInitializationFailTimeout(10_000);
        return new HikariDataSource(config);
    }
}
