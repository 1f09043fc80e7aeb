package io.weft.web.issuer;

import io.weft.web.settings.IssuerSettings.Embedded;
import io.weft.web.settings.IssuerSettings.Login;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schema {@code issuer}: made by the owner of the tables, used by a user who owns nothing. */
final class IssuerDatabase {
    private static final int SECONDS = 5;

    private IssuerDatabase() {}

    /** Migrates, and answers what the issuer works with. Log-ins are rare: each takes a connection of its own. */
    static JdbcClient open(Embedded settings) {
        Flyway.configure()
                .dataSource(source(settings, settings.owner()))
                .locations("classpath:db/issuer")
                .schemas("issuer")
                .load()
                .migrate();
        return JdbcClient.create(source(settings, settings.user()));
    }

    private static DataSource source(Embedded settings, Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.databaseUrl());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setConnectTimeout(SECONDS);
        source.setSocketTimeout(SECONDS);
        source.setApplicationName("weft-issuer");
        return source;
    }
}
