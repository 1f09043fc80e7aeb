package io.weft.hub.platform;

import io.weft.policy.model.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The tenant's transaction over a pool of connections of the application's role, which row-level security binds. */
public final class JdbcTenantTransaction implements TenantTransaction {
    private final DataSource pool;

    public JdbcTenantTransaction(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public <T> T in(TenantId tenant, Work<T> work) {
        return in(tenant, Connection.TRANSACTION_READ_COMMITTED, work);
    }

    /** @param isolation as in {@link Connection} */
    public <T> T in(TenantId tenant, int isolation, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) connection.setTransactionIsolation(isolation);
            try {
                enter(connection, tenant);
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable failure) {
                rollBack(connection, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw new StorageException(failure);
        }
    }

    /** Makes the tenant's rows visible until the end of the transaction. */
    public static void enter(Connection connection, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT set_config('app.tenant', ?, true)")) {
            statement.setString(1, tenant.value());
            statement.execute();
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
