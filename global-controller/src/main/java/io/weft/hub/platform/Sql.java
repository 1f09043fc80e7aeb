package io.weft.hub.platform;

import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Spring's fluent statements inside a {@link TenantTransaction}. */
public final class Sql {
    private Sql() {}

    /** Statements on this connection, which is neither committed nor closed by them. */
    public static JdbcClient on(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }
}
